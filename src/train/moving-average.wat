;; average - (average - value) * rate, each operation rounded in the dtype of the average, four numbers at a time.
;;
;;     0        averages: `end` bytes, a multiple of 64, up to 3072
;;     end      values: as many
;;     8192     both of them as float32, where float16 is averaged
;;
;; The averages are written over. float16 and bfloat16 are computed in float32, and rounded after each operation as TensorFlow
;; does it; where anything in them is infinite, no number, or would be, the answer is 1 and what was written counts for
;; nothing: moving-average-update.ts then does those numbers.
;;
;; `npm run generate` makes src/train/moving-average.gen.ts of this file. WebAssembly core specification, 128-bit SIMD.

(module
  (memory (export "memory") 1)

  (func (export "float32") (param $end i32) (param $rate f32) (result i32)
    (local $at i32) (local $value i32) (local $average v128) (local $factor v128)
    (local.set $value (local.get $end))
    (local.set $factor (f32x4.splat (local.get $rate)))
    (loop $more
      (v128.store (local.get $at) (f32x4.sub
        (local.tee $average (v128.load (local.get $at)))
        (f32x4.mul (f32x4.sub (local.get $average) (v128.load (local.get $value))) (local.get $factor))))
      (v128.store offset=16 (local.get $at) (f32x4.sub
        (local.tee $average (v128.load offset=16 (local.get $at)))
        (f32x4.mul (f32x4.sub (local.get $average) (v128.load offset=16 (local.get $value))) (local.get $factor))))
      (v128.store offset=32 (local.get $at) (f32x4.sub
        (local.tee $average (v128.load offset=32 (local.get $at)))
        (f32x4.mul (f32x4.sub (local.get $average) (v128.load offset=32 (local.get $value))) (local.get $factor))))
      (v128.store offset=48 (local.get $at) (f32x4.sub
        (local.tee $average (v128.load offset=48 (local.get $at)))
        (f32x4.mul (f32x4.sub (local.get $average) (v128.load offset=48 (local.get $value))) (local.get $factor))))
      (local.set $value (i32.add (local.get $value) (i32.const 64)))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 64))) (local.get $end))))
    (i32.const 0))

  ;; A float32 is rounded to the 11 bits of a float16 by adding 1.5 * 2^(e + 13) and taking it away again, where e is its
  ;; exponent, -14 for those below float16's normal numbers. That loses the sign of a zero, so the sign is put back.
  (func (export "float16") (param $end i32) (param $rate f32) (result i32)
    (local $at i32) (local $average i32) (local $value i32) (local $factor v128)
    (local $code v128) (local $bits v128) (local $small v128) (local $x v128) (local $rounder v128)
    (local $mostCode v128) (local $most v128)
    (local.set $factor (f32x4.splat (local.get $rate)))
    ;; Averages and values into float32: the exponent's bias is 127 instead of 15. Without 2^-14 for subnormal numbers.
    (local.set $average (i32.const 8192))
    (loop $more
      (local.set $code (v128.load16x4_u (local.get $at)))
      (local.set $bits (i32x4.shl (v128.and (local.get $code) (v128.const i32x4 0x7fff 0x7fff 0x7fff 0x7fff)) (i32.const 13)))
      (local.set $mostCode (i32x4.max_u (local.get $mostCode) (local.get $bits)))
      (local.set $small (i32x4.lt_u (local.get $bits) (v128.const i32x4 0x800000 0x800000 0x800000 0x800000)))
      (v128.store (local.get $average) (v128.or
        (i32x4.shl (i32x4.shr_u (local.get $code) (i32.const 15)) (i32.const 31))
        (f32x4.sub
          (i32x4.add
            (i32x4.add (local.get $bits) (v128.const i32x4 0x38000000 0x38000000 0x38000000 0x38000000))
            (v128.and (local.get $small) (v128.const i32x4 0x800000 0x800000 0x800000 0x800000)))
          (v128.and (local.get $small) (v128.const i32x4 0x38800000 0x38800000 0x38800000 0x38800000)))))
      (local.set $average (i32.add (local.get $average) (i32.const 16)))
      (br_if $more (i32.lt_u
        (local.tee $at (i32.add (local.get $at) (i32.const 8)))
        (i32.shl (local.get $end) (i32.const 1)))))
    (local.set $at (i32.const 0))
    (local.set $average (i32.const 8192))
    (local.set $value (i32.add (i32.const 8192) (i32.shl (local.get $end) (i32.const 1))))
    (loop $more
      (local.set $x (f32x4.sub (v128.load (local.get $average)) (v128.load (local.get $value))))
      (local.set $most (i32x4.max_u (local.get $most) (f32x4.abs (local.get $x))))
      (local.set $rounder (v128.or
        (i32x4.add
          (i32x4.max_u
            (v128.and (local.get $x) (v128.const i32x4 0x7f800000 0x7f800000 0x7f800000 0x7f800000))
            (v128.const i32x4 0x38800000 0x38800000 0x38800000 0x38800000))
          (v128.const i32x4 0x6800000 0x6800000 0x6800000 0x6800000))
        (v128.const i32x4 0x400000 0x400000 0x400000 0x400000)))
      (local.set $x (v128.or
        (f32x4.sub (f32x4.add (local.get $x) (local.get $rounder)) (local.get $rounder))
        (v128.and (local.get $x) (v128.const i32x4 0x80000000 0x80000000 0x80000000 0x80000000))))
      (local.set $x (f32x4.mul (local.get $x) (local.get $factor)))
      (local.set $most (i32x4.max_u (local.get $most) (f32x4.abs (local.get $x))))
      (local.set $rounder (v128.or
        (i32x4.add
          (i32x4.max_u
            (v128.and (local.get $x) (v128.const i32x4 0x7f800000 0x7f800000 0x7f800000 0x7f800000))
            (v128.const i32x4 0x38800000 0x38800000 0x38800000 0x38800000))
          (v128.const i32x4 0x6800000 0x6800000 0x6800000 0x6800000))
        (v128.const i32x4 0x400000 0x400000 0x400000 0x400000)))
      (local.set $x (v128.or
        (f32x4.sub (f32x4.add (local.get $x) (local.get $rounder)) (local.get $rounder))
        (v128.and (local.get $x) (v128.const i32x4 0x80000000 0x80000000 0x80000000 0x80000000))))
      (local.set $x (f32x4.sub (v128.load (local.get $average)) (local.get $x)))
      (local.set $bits (f32x4.abs (local.get $x)))
      (local.set $most (i32x4.max_u (local.get $most) (local.get $bits)))
      ;; Into float16, as float32ToHalf() does it: 0x3f000000 is 0.5, and 0xc8000fff takes the bias back and rounds.
      (local.set $code (v128.bitselect
        (i32x4.sub
          (f32x4.add (local.get $bits) (v128.const f32x4 0.5 0.5 0.5 0.5))
          (v128.const i32x4 0x3f000000 0x3f000000 0x3f000000 0x3f000000))
        (i32x4.shr_u
          (i32x4.add
            (i32x4.add (local.get $bits) (v128.const i32x4 0xc8000fff 0xc8000fff 0xc8000fff 0xc8000fff))
            (v128.and (i32x4.shr_u (local.get $bits) (i32.const 13)) (v128.const i32x4 1 1 1 1)))
          (i32.const 13))
        (i32x4.lt_u (local.get $bits) (v128.const i32x4 0x38800000 0x38800000 0x38800000 0x38800000))))
      (local.set $code (v128.or
        (local.get $code)
        (i32x4.shl (i32x4.shr_u (local.get $x) (i32.const 31)) (i32.const 15))))
      (v128.store64_lane 0 (local.get $at) (i16x8.narrow_i32x4_u (local.get $code) (local.get $code)))
      (local.set $average (i32.add (local.get $average) (i32.const 16)))
      (local.set $value (i32.add (local.get $value) (i32.const 16)))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 8))) (local.get $end))))
    ;; 0x477ff000 is 65520, the least that becomes infinite.
    (i32.or
      (v128.any_true (i32x4.ge_u
        (local.get $mostCode) (v128.const i32x4 0x0f800000 0x0f800000 0x0f800000 0x0f800000)))
      (v128.any_true (i32x4.ge_u
        (local.get $most) (v128.const i32x4 0x477ff000 0x477ff000 0x477ff000 0x477ff000)))))

  (func (export "bfloat16") (param $end i32) (param $rate f32) (result i32)
    (local $at i32) (local $value i32) (local $factor v128)
    (local $average v128) (local $x v128) (local $most v128)
    (local.set $value (local.get $end))
    (local.set $factor (f32x4.splat (local.get $rate)))
    (loop $more
      (local.set $average (i32x4.shl (v128.load16x4_u (local.get $at)) (i32.const 16)))
      (local.set $x (f32x4.sub
        (local.get $average)
        (i32x4.shl (v128.load16x4_u (local.get $value)) (i32.const 16))))
      (local.set $most (i32x4.max_u (local.get $most) (f32x4.abs (local.get $x))))
      (local.set $x (v128.and
        (i32x4.add
          (i32x4.add (local.get $x) (v128.const i32x4 0x7fff 0x7fff 0x7fff 0x7fff))
          (v128.and (i32x4.shr_u (local.get $x) (i32.const 16)) (v128.const i32x4 1 1 1 1)))
        (v128.const i32x4 0xffff0000 0xffff0000 0xffff0000 0xffff0000)))
      (local.set $x (f32x4.mul (local.get $x) (local.get $factor)))
      (local.set $most (i32x4.max_u (local.get $most) (f32x4.abs (local.get $x))))
      (local.set $x (v128.and
        (i32x4.add
          (i32x4.add (local.get $x) (v128.const i32x4 0x7fff 0x7fff 0x7fff 0x7fff))
          (v128.and (i32x4.shr_u (local.get $x) (i32.const 16)) (v128.const i32x4 1 1 1 1)))
        (v128.const i32x4 0xffff0000 0xffff0000 0xffff0000 0xffff0000)))
      (local.set $x (f32x4.sub (local.get $average) (local.get $x)))
      (local.set $most (i32x4.max_u (local.get $most) (f32x4.abs (local.get $x))))
      (local.set $x (i32x4.shr_u
        (i32x4.add
          (i32x4.add (local.get $x) (v128.const i32x4 0x7fff 0x7fff 0x7fff 0x7fff))
          (v128.and (i32x4.shr_u (local.get $x) (i32.const 16)) (v128.const i32x4 1 1 1 1)))
        (i32.const 16)))
      (v128.store64_lane 0 (local.get $at) (i16x8.narrow_i32x4_u (local.get $x) (local.get $x)))
      (local.set $value (i32.add (local.get $value) (i32.const 8)))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 8))) (local.get $end))))
    ;; What rounds to infinity does so by itself.
    (v128.any_true (i32x4.ge_u
      (local.get $most) (v128.const i32x4 0x7f800000 0x7f800000 0x7f800000 0x7f800000)))))
