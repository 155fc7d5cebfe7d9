;; The bulk of CRC-32, zip's checksum, by a sparse multiple of its polynomial P: crc32.ts does the rest.
;;
;; A checksum is the remainder of the message, as a polynomial over two elements, by P. Adding a multiple of P leaves it as it
;; is. With y = x^8, one byte, P divides 1 + y^2215 + y^2866 + y^3006 (`node scripts/search-multiples.mjs edb88320` finds it,
;; and that no multiple of four terms is shorter). So a byte can be struck out at the front by adding it to the three bytes
;; that stand 140, 791 and 3006 behind it. Each byte in turn, that is
;;
;;     w[p] = m[p] ^ w[p-140] ^ w[p-791] ^ w[p-3006]
;;
;; without a multiplication or a table, for any width up to 140 bytes. Of a long message the last 3006 bytes are left.
;;
;; `npm run generate` makes src/formats/crc32.gen.ts of this file.

(module
  (memory (export "memory") 2)

  ;; Strikes out the bytes from $at to $end, a multiple of 64 of them; the 3006 in front are struck out, or zeros.
  (func (export "fold") (param $at i32) (param $end i32)
    (local.set $at (i32.sub (local.get $at) (i32.const 3006)))
    (local.set $end (i32.sub (local.get $end) (i32.const 3006)))
    (if (i32.ge_u (local.get $at) (local.get $end)) (then (return)))
    (loop $more
      (v128.store offset=3006 (local.get $at) (v128.xor
        (v128.xor (v128.load offset=3006 (local.get $at)) (v128.load offset=2866 (local.get $at)))
        (v128.xor (v128.load offset=2215 (local.get $at)) (v128.load offset=0 (local.get $at)))))
      (v128.store offset=3022 (local.get $at) (v128.xor
        (v128.xor (v128.load offset=3022 (local.get $at)) (v128.load offset=2882 (local.get $at)))
        (v128.xor (v128.load offset=2231 (local.get $at)) (v128.load offset=16 (local.get $at)))))
      (v128.store offset=3038 (local.get $at) (v128.xor
        (v128.xor (v128.load offset=3038 (local.get $at)) (v128.load offset=2898 (local.get $at)))
        (v128.xor (v128.load offset=2247 (local.get $at)) (v128.load offset=32 (local.get $at)))))
      (v128.store offset=3054 (local.get $at) (v128.xor
        (v128.xor (v128.load offset=3054 (local.get $at)) (v128.load offset=2914 (local.get $at)))
        (v128.xor (v128.load offset=2263 (local.get $at)) (v128.load offset=48 (local.get $at)))))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 64))) (local.get $end))))))
