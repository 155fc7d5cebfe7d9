;; CRC-32C at the speed of memory, by sparse multiples of its polynomial.
;;
;; A checksum is the remainder of the message, as a polynomial over two elements, by the Castagnoli polynomial P. Adding a
;; multiple of P to the message leaves the remainder as it is. With y = x^8, one byte, P divides
;;
;;     1 + y^2751 + y^4508 + y^5275                         lags 767, 2524, 5275
;;     1 + y^14 + y^39 + y^54 + y^144 + y^209               lags 65, 155, 170, 195, 209
;;
;; (scripts/search-multiples.mjs finds both, and shows that none of so few terms is shorter). So a byte can be struck out at
;; the front by adding it to the three bytes that stand 767, 2524 and 5275 behind it. Each byte in turn, that is
;;
;;     w[p] = m[p] ^ w[p-767] ^ w[p-2524] ^ w[p-5275]
;;
;; without a multiplication or a table, for any width that is no more than the smallest lag. Of a long message the last 5275
;; bytes are left; the second multiple leaves 209 of them; tables of eight bytes at once do those.
;;
;; Zeros in front of a message change nothing, so lengths are rounded up with them. What the checksum was before goes into
;; the message's first four bytes, inverted, as RFC 3720 has it.
;;
;;     0      eight tables of 256 words: table k is of a byte with k zero bytes behind it
;;     8192   what was folded last: 5280 bytes, ending at 13696
;;     13696  the message, or a piece of it
;;
;; `npm run generate` makes src/util/crc32c.gen.ts of this file.

(module
  (memory (export "memory") 5)

  (func $tables (local $at i32) (local $bits i32) (local $crc i32)
    (loop $entry
      (local.set $crc (i32.shr_u (local.get $at) (i32.const 2)))
      (local.set $bits (i32.const 8))
      (loop $bit
        (local.set $crc (i32.xor
          (i32.shr_u (local.get $crc) (i32.const 1))
          (i32.and (i32.sub (i32.const 0) (i32.and (local.get $crc) (i32.const 1))) (i32.const 0x82f63b78))))
        (br_if $bit (local.tee $bits (i32.sub (local.get $bits) (i32.const 1)))))
      (i32.store (local.get $at) (local.get $crc))
      (br_if $entry (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 1024))))
    (local.set $at (i32.const 0))
    (loop $entry
      (local.set $crc (i32.load (local.get $at)))
      (i32.store offset=1024 (local.get $at) (i32.xor
        (i32.shr_u (local.get $crc) (i32.const 8))
        (i32.load (i32.shl (i32.and (local.get $crc) (i32.const 255)) (i32.const 2)))))
      (br_if $entry (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const 7168)))))
  (start $tables)

  ;; Strikes out the bytes from $at to $end, a multiple of 32 of them, with 5275 bytes in front that are struck out or zeros.
  (func $fold (param $at i32) (param $end i32)
    (local.set $at (i32.sub (local.get $at) (i32.const 5275)))
    (local.set $end (i32.sub (local.get $end) (i32.const 5275)))
    (if (i32.ge_u (local.get $at) (local.get $end)) (then (return)))
    (loop $more
      (v128.store offset=5275 (local.get $at) (v128.xor
        (v128.xor (v128.load offset=5275 (local.get $at)) (v128.load offset=4508 (local.get $at)))
        (v128.xor (v128.load offset=2751 (local.get $at)) (v128.load offset=0 (local.get $at)))))
      (v128.store offset=5291 (local.get $at) (v128.xor
        (v128.xor (v128.load offset=5291 (local.get $at)) (v128.load offset=4524 (local.get $at)))
        (v128.xor (v128.load offset=2767 (local.get $at)) (v128.load offset=16 (local.get $at)))))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 32))) (local.get $end)))))

  ;; The same by the shorter multiple: a multiple of 16 bytes, with 209 in front.
  (func $foldShort (param $at i32) (param $end i32)
    (local.set $at (i32.sub (local.get $at) (i32.const 209)))
    (local.set $end (i32.sub (local.get $end) (i32.const 209)))
    (if (i32.ge_u (local.get $at) (local.get $end)) (then (return)))
    (loop $more
      (v128.store offset=209 (local.get $at) (v128.xor
        (v128.xor
          (v128.xor (v128.load offset=209 (local.get $at)) (v128.load offset=144 (local.get $at)))
          (v128.xor (v128.load offset=54 (local.get $at)) (v128.load offset=39 (local.get $at))))
        (v128.xor (v128.load offset=14 (local.get $at)) (v128.load offset=0 (local.get $at)))))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end)))))

  ;; Adds to the $lag bytes at $at the $lag bytes in front of them: what was struck out there and reaches behind the end.
  (func $add (param $at i32) (param $lag i32) (local $end i32)
    (local.set $end (i32.add (local.get $at) (local.get $lag)))
    (loop $more
      (v128.store (local.get $at) (v128.xor
        (v128.load (local.get $at)) (v128.load (i32.sub (local.get $at) (local.get $lag)))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $more (i32.le_u (i32.add (local.get $at) (i32.const 16)) (local.get $end))))
    (loop $more
      (if (i32.lt_u (local.get $at) (local.get $end)) (then
        (i32.store8 (local.get $at) (i32.xor
          (i32.load8_u (local.get $at)) (i32.load8_u (i32.sub (local.get $at) (local.get $lag)))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $more)))))

  ;; By tables, eight bytes at once, then one by one. $crc is inverted, and so is what comes back.
  (func $byTables (param $at i32) (param $end i32) (param $crc i32) (result i32) (local $high i32)
    (block $done (loop $more
      (br_if $done (i32.gt_u (i32.add (local.get $at) (i32.const 8)) (local.get $end)))
      (local.set $crc (i32.xor (local.get $crc) (i32.load (local.get $at))))
      (local.set $high (i32.load offset=4 (local.get $at)))
      (local.set $crc (i32.xor
        (i32.xor
          (i32.xor
            (i32.load offset=7168 (i32.shl (i32.and (local.get $crc) (i32.const 255)) (i32.const 2)))
            (i32.load offset=6144 (i32.and (i32.shr_u (local.get $crc) (i32.const 6)) (i32.const 1020))))
          (i32.xor
            (i32.load offset=5120 (i32.and (i32.shr_u (local.get $crc) (i32.const 14)) (i32.const 1020)))
            (i32.load offset=4096 (i32.and (i32.shr_u (local.get $crc) (i32.const 22)) (i32.const 1020)))))
        (i32.xor
          (i32.xor
            (i32.load offset=3072 (i32.shl (i32.and (local.get $high) (i32.const 255)) (i32.const 2)))
            (i32.load offset=2048 (i32.and (i32.shr_u (local.get $high) (i32.const 6)) (i32.const 1020))))
          (i32.xor
            (i32.load offset=1024 (i32.and (i32.shr_u (local.get $high) (i32.const 14)) (i32.const 1020)))
            (i32.load (i32.and (i32.shr_u (local.get $high) (i32.const 22)) (i32.const 1020)))))))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br $more)))
    (block $done (loop $more
      (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
      (local.set $crc (i32.xor
        (i32.shr_u (local.get $crc) (i32.const 8))
        (i32.load (i32.shl
          (i32.and (i32.xor (local.get $crc) (i32.load8_u (local.get $at))) (i32.const 255)) (i32.const 2)))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $more)))
    (local.get $crc))

  ;; The checksum of what is between $at and $end, 209 bytes and a multiple of 16 in front; 224 bytes in front of $at are its own.
  (func $short (param $at i32) (param $end i32) (result i32) (local $rest i32)
    (local.set $rest (i32.sub (local.get $end) (i32.const 209)))
    (call $foldShort (local.get $at) (local.get $rest))
    (call $add (local.get $rest) (i32.const 65))
    (call $add (local.get $rest) (i32.const 155))
    (call $add (local.get $rest) (i32.const 170))
    (call $add (local.get $rest) (i32.const 195))
    (call $add (local.get $rest) (i32.const 209))
    (i32.xor (call $byTables (local.get $rest) (local.get $end) (i32.const 0)) (i32.const -1)))

  (func $seed (param $at i32) (param $crc i32)
    (i32.store (local.get $at) (i32.xor (i32.load (local.get $at)) (i32.xor (local.get $crc) (i32.const -1)))))

  ;; A message of any length that fits the memory.
  (func (export "tables") (param $length i32) (param $crc i32) (result i32)
    (i32.xor (i32.const -1) (call $byTables
      (i32.const 13696)
      (i32.add (i32.const 13696) (local.get $length))
      (i32.xor (local.get $crc) (i32.const -1)))))

  ;; A message of 209 bytes or more.
  (func (export "short") (param $length i32) (param $crc i32) (result i32)
    (memory.fill (i32.const 13472) (i32.const 0) (i32.const 224))
    (call $seed (i32.const 13696) (local.get $crc))
    (call $short
      (i32.sub (i32.const 13696) (i32.and (i32.sub (i32.const 209) (local.get $length)) (i32.const 15)))
      (i32.add (i32.const 13696) (local.get $length))))

  ;; A long message that comes in pieces: the first stands behind $pad bytes, so that length and pad are 5275 and a multiple
  ;; of 32.
  (func (export "begin") (param $pad i32) (param $crc i32)
    (memory.fill (i32.const 8192) (i32.const 0) (i32.add (i32.const 5504) (local.get $pad)))
    (call $seed (i32.add (i32.const 13696) (local.get $pad)) (local.get $crc)))

  ;; A piece that is not the last: a multiple of 32 bytes, 5280 or more.
  (func (export "fold") (param $length i32)
    (call $fold (i32.const 13696) (i32.add (i32.const 13696) (local.get $length)))
    (memory.copy (i32.const 8416) (i32.add (i32.const 8416) (local.get $length)) (i32.const 5280)))

  ;; The last piece: 5275 bytes and a multiple of 32.
  (func (export "finish") (param $length i32) (result i32) (local $rest i32)
    (local.set $rest (i32.add (i32.const 8421) (local.get $length)))
    (call $fold (i32.const 13696) (local.get $rest))
    (call $add (local.get $rest) (i32.const 767))
    (call $add (local.get $rest) (i32.const 2524))
    (call $add (local.get $rest) (i32.const 5275))
    ;; 5275 and six are 209 and a multiple of 16.
    (memory.fill (i32.sub (local.get $rest) (i32.const 230)) (i32.const 0) (i32.const 230))
    (call $short
      (i32.sub (local.get $rest) (i32.const 6))
      (i32.add (local.get $rest) (i32.const 5275)))))
