;; Goes through a block of a bundle's index whose entries are as every writer lays them, and says of any other that it is one.
;;
;;     0        widths: i32 by the number of a dtype below 256: bytes of an element, 0 for text; -1 for what there is none of
;;     1024     starts: where the numbers of each tensor begin, in numbers: i32, up to 131,072 and 1
;;     589824   ends: where each key ends, that of the header too, behind a 0: i32, as many
;;     1179648  block: up to 1 MiB
;;     2293760  keys: up to 2 MiB, one behind another
;;     4456448  numbers: f64, up to 4 MiB: dtype, shard, offset, size, checksum, dimensions
;;
;;     <block>  = (shared, unshared, length of value, each below 2^14; tail of key, value)*
;;     <value>  = (08 dtype | 12 length <dim>* | 18 shard | 20 offset | 28 size | 35 checksum: 4 bytes)*
;;     <dim>    = 12 length (08 size)?                                       numbers are varints of up to seven bytes
;;
;; `npm run generate` makes src/checkpoint/plain-block.gen.ts of this file. LevelDB: table/block_builder.cc; TensorFlow:
;; core/protobuf/tensor_bundle.proto. WebAssembly core specification.

(module
  (memory (export "memory") 134)
  ;; Where the varint ended that was read last.
  (global $next (mut i32) (i32.const 0))

  ;; The varint there; negative for one of more than seven bytes.
  (func $varint (param $at i32) (result i64)
    (local $byte i64) (local $value i64) (local $shift i64)
    (loop $more
      (local.set $byte (i64.load8_u (local.get $at)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (local.set $value (i64.or (local.get $value)
        (i64.shl (i64.and (local.get $byte) (i64.const 0x7f)) (local.get $shift))))
      (local.set $shift (i64.add (local.get $shift) (i64.const 7)))
      (if (i64.gt_u (local.get $byte) (i64.const 0x7f))
        (then
          (br_if $more (i64.lt_u (local.get $shift) (i64.const 49)))
          (return (i64.const -1)))))
    (global.set $next (local.get $at))
    (local.get $value))

  ;; Entries of a block of `limit` bytes, the header among them; -1 where it is another block, or something is wrong with it.
  (func (export "read") (param $limit i32) (param $shards i32) (result i32)
    (local $at i32) (local $count i32) (local $tensors i32) (local $start i32) (local $end i32) (local $out i32)
    (local $shared i32) (local $unshared i32) (local $size i32) (local $tail i32) (local $value i32)
    (local $i i32) (local $j i32) (local $tag i32) (local $stop i32) (local $dimension i32) (local $width i32)
    (local $number i64) (local $product f64)
    (local.set $at (i32.const 1179648))
    (local.set $limit (i32.add (local.get $limit) (i32.const 1179648)))
    (local.set $start (i32.const 2293760))
    (local.set $end (i32.const 2293760))
    (local.set $out (i32.const 4456448))
    (block $other
      (loop $entries
        (if (i32.ge_u (local.get $at) (local.get $limit)) (then (return (local.get $count))))
        (local.set $shared (i32.load8_u (local.get $at)))
        (local.set $unshared (i32.load8_u offset=1 (local.get $at)))
        (local.set $size (i32.load8_u offset=2 (local.get $at)))
        (local.set $tail (i32.add (local.get $at) (i32.const 3)))
        ;; A length of several bytes begins with one above 0x7f.
        (if (i32.gt_u (i32.or (i32.or (local.get $shared) (local.get $unshared)) (local.get $size)) (i32.const 0x7f))
          (then
            (local.set $number (call $varint (local.get $at)))
            (br_if $other (i64.gt_u (local.get $number) (i64.const 0x3fff)))
            (local.set $shared (i32.wrap_i64 (local.get $number)))
            (local.set $number (call $varint (global.get $next)))
            (br_if $other (i64.gt_u (local.get $number) (i64.const 0x3fff)))
            (local.set $unshared (i32.wrap_i64 (local.get $number)))
            (local.set $number (call $varint (global.get $next)))
            (br_if $other (i64.gt_u (local.get $number) (i64.const 0x3fff)))
            (local.set $size (i32.wrap_i64 (local.get $number)))
            (local.set $tail (global.get $next))))
        (local.set $value (i32.add (local.get $tail) (local.get $unshared)))
        (local.set $at (i32.add (local.get $value) (local.get $size)))
        (br_if $other (i32.gt_u (local.get $at) (local.get $limit)))
        (br_if $other (i32.gt_u (local.get $shared) (i32.sub (local.get $end) (local.get $start))))
        ;; There is room for one more.
        (br_if $other (i32.ge_u (local.get $count) (i32.const 131072)))
        (br_if $other (i32.gt_u
          (i32.add (local.get $end) (i32.add (local.get $shared) (local.get $unshared)))
          (i32.const 4390912)))
        (br_if $other (i32.gt_u (local.get $out) (i32.const 8650752)))
        ;; Its key is behind the one before. The first one is for the caller to compare.
        (if (local.get $count)
          (then
            (local.set $i (local.get $tail))
            (local.set $j (i32.add (local.get $start) (local.get $shared)))
            (block $behind
              (loop $same
                (br_if $other (i32.eq (local.get $i) (local.get $value)))
                (br_if $behind (i32.eq (local.get $j) (local.get $end)))
                (br_if $behind (i32.lt_u (i32.load8_u (local.get $j)) (i32.load8_u (local.get $i))))
                (br_if $other (i32.gt_u (i32.load8_u (local.get $j)) (i32.load8_u (local.get $i))))
                (local.set $i (i32.add (local.get $i) (i32.const 1)))
                (local.set $j (i32.add (local.get $j) (i32.const 1)))
                (br $same)))))
        ;; Eight bytes at a time: what is too many is written over.
        (local.set $i (i32.const 0))
        (block $copied
          (loop $more
            (br_if $copied (i32.ge_u (local.get $i) (local.get $shared)))
            (i64.store (i32.add (local.get $end) (local.get $i))
              (i64.load (i32.add (local.get $start) (local.get $i))))
            (local.set $i (i32.add (local.get $i) (i32.const 8)))
            (br $more)))
        (local.set $start (local.get $end))
        (local.set $end (i32.add (local.get $end) (local.get $shared)))
        (local.set $i (i32.const 0))
        (block $copied
          (loop $more
            (br_if $copied (i32.ge_u (local.get $i) (local.get $unshared)))
            (i64.store (i32.add (local.get $end) (local.get $i))
              (i64.load (i32.add (local.get $tail) (local.get $i))))
            (local.set $i (i32.add (local.get $i) (i32.const 8)))
            (br $more)))
        (local.set $end (i32.add (local.get $end) (local.get $unshared)))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (i32.store offset=589824 (i32.shl (local.get $count) (i32.const 2))
          (i32.sub (local.get $end) (i32.const 2293760)))
        ;; Just the header has no key.
        (br_if $entries (i32.eq (local.get $start) (local.get $end)))

        (i64.store (local.get $out) (i64.const 0))
        (i64.store offset=8 (local.get $out) (i64.const 0))
        (i64.store offset=16 (local.get $out) (i64.const 0))
        (i64.store offset=24 (local.get $out) (i64.const 0))
        (i64.store offset=32 (local.get $out) (i64.const 0))
        (local.set $dimension (i32.add (local.get $out) (i32.const 40)))
        (local.set $width (i32.load (i32.const 0)))
        (block $done
          (loop $fields
            (br_if $done (i32.ge_u (local.get $value) (local.get $at)))
            (local.set $tag (i32.load8_u (local.get $value)))
            (local.set $value (i32.add (local.get $value) (i32.const 1)))
            (if (i32.eq (local.get $tag) (i32.const 0x35))
              (then
                (f64.store offset=32 (local.get $out) (f64.convert_i32_u (i32.load (local.get $value))))
                (local.set $value (i32.add (local.get $value) (i32.const 4)))
                (br $fields)))
            (local.set $number (call $varint (local.get $value)))
            (br_if $other (i64.lt_s (local.get $number) (i64.const 0)))
            (local.set $value (global.get $next))
            (if (i32.eq (local.get $tag) (i32.const 0x08))
              (then
                (br_if $other (i64.gt_u (local.get $number) (i64.const 0xff)))
                (local.set $width (i32.load (i32.shl (i32.wrap_i64 (local.get $number)) (i32.const 2))))
                (f64.store (local.get $out) (f64.convert_i64_u (local.get $number)))
                (br $fields)))
            (if (i32.eq (local.get $tag) (i32.const 0x20))
              (then
                (f64.store offset=16 (local.get $out) (f64.convert_i64_u (local.get $number)))
                (br $fields)))
            (if (i32.eq (local.get $tag) (i32.const 0x28))
              (then
                (f64.store offset=24 (local.get $out) (f64.convert_i64_u (local.get $number)))
                (br $fields)))
            (if (i32.eq (local.get $tag) (i32.const 0x18))
              (then
                (f64.store offset=8 (local.get $out) (f64.convert_i64_u (local.get $number)))
                (br $fields)))
            (br_if $other (i32.ne (local.get $tag) (i32.const 0x12)))
            ;; A shape, of that many bytes.
            (br_if $other (i64.gt_u (local.get $number) (i64.const 0x3fff)))
            (local.set $stop (i32.add (local.get $value) (i32.wrap_i64 (local.get $number))))
            (br_if $other (i32.gt_u (local.get $stop) (local.get $at)))
            (loop $dimensions
              (br_if $fields (i32.ge_u (local.get $value) (local.get $stop)))
              (br_if $other (i32.ne (i32.load8_u (local.get $value)) (i32.const 0x12)))
              (local.set $size (i32.load8_u offset=1 (local.get $value)))
              (local.set $value (i32.add (local.get $value) (i32.const 2)))
              (local.set $size (i32.add (local.get $value) (local.get $size)))
              (br_if $other (i32.gt_u (local.get $size) (local.get $stop)))
              (local.set $number (i64.const 0))
              (if (i32.ne (local.get $value) (local.get $size))
                (then
                  (br_if $other (i32.ne (i32.load8_u (local.get $value)) (i32.const 0x08)))
                  (local.set $number (call $varint (i32.add (local.get $value) (i32.const 1))))
                  (br_if $other (i64.lt_s (local.get $number) (i64.const 0)))
                  (local.set $value (global.get $next))
                  (br_if $other (i32.ne (local.get $value) (local.get $size)))))
              (f64.store (local.get $dimension) (f64.convert_i64_u (local.get $number)))
              (local.set $dimension (i32.add (local.get $dimension) (i32.const 8)))
              (br $dimensions))))
        ;; A number that was cut off goes on behind the entry.
        (br_if $other (i32.ne (local.get $value) (local.get $at)))

        ;; Rank, dtype, shard, and size make sense: faultOf() of tensor-entry.ts.
        (br_if $other (i32.gt_u (i32.sub (local.get $dimension) (local.get $out)) (i32.const 2072)))
        (br_if $other (i32.lt_s (local.get $width) (i32.const 0)))
        (br_if $other (i32.eqz (f64.lt (f64.load offset=8 (local.get $out)) (f64.convert_i32_u (local.get $shards)))))
        (local.set $product (f64.convert_i32_u (select (local.get $width) (i32.const 1) (local.get $width))))
        (local.set $i (i32.add (local.get $out) (i32.const 40)))
        (block $multiplied
          (loop $more
            (br_if $multiplied (i32.eq (local.get $i) (local.get $dimension)))
            (local.set $product (f64.mul (local.get $product) (f64.load (local.get $i))))
            (local.set $i (i32.add (local.get $i) (i32.const 8)))
            (br $more)))
        (br_if $other (i32.eqz (f64.le (local.get $product) (f64.const 9007199254740991))))
        ;; Of text each element has a length of a byte or more in front.
        (br_if $other (i32.eqz (select
          (f64.eq (f64.load offset=24 (local.get $out)) (local.get $product))
          (f64.ge (f64.load offset=24 (local.get $out)) (local.get $product))
          (local.get $width))))
        (local.set $out (local.get $dimension))
        (local.set $tensors (i32.add (local.get $tensors) (i32.const 1)))
        (i32.store offset=1024 (i32.shl (local.get $tensors) (i32.const 2))
          (i32.shr_u (i32.sub (local.get $out) (i32.const 4456448)) (i32.const 3)))
        (br $entries)))
    (i32.const -1)))
