;; CRC-32C at the speed of memory, by sparse multiples of its polynomial.
;;
;; A checksum is the remainder of the message, as a polynomial over two elements, by the Castagnoli polynomial P. Adding a
;; multiple of P to the message leaves the remainder as it is. With y = x^8, one byte, P divides
;;
;;     1 + y^2751 + y^4508 + y^5275                                  lags 767, 2524, 5275
;;     1 + y^71 + y^88 + y^121 + y^143 + y^266                       lags 123, 145, 178, 195, 266
;;     1 + y^4 + y^14 + y^19 + y^49 + y^53 + y^57 + y^104            lags 47, 51, 55, 85, 90, 100, 104
;;
;; (scripts/search-multiples.mjs finds them.) So a byte can be struck out at the front by adding it to the three bytes that stand
;; 767, 2524 and 5275 behind it. Each byte w[p] that is struck out in turn is
;;
;;     w[p] = m[p] ^ w[p-767] ^ w[p-2524] ^ w[p-5275]
;;
;; without a multiplication or a table, for any width that is no more than the smallest lag. What remains, as long as the longest
;; lag and up to 15 bytes more, is the same sum with zeros for every w that was not struck out. So the message m stays as it is,
;; w has room of its own, and each multiple makes of a message a shorter one: the first leaves 5275 bytes, for messages that are
;; long, the second 266, the third 104; tables of eight bytes at once do those. Lags below 100 or so cost: what was written a moment
;; ago, and not at the same places, is slow to read. Of the six terms the shortest, 65 to 209, take a third longer.
;;
;; What the checksum was before belongs into the message's first four bytes, inverted, as RFC 3720 has it. It stands for the w that is
;; the longest lag in front of them, and nothing else adds that.
;;
;;     0       eight tables of 256 words: table k is of a byte with k zero bytes behind it
;;     8200    104 zeros, the w of the third multiple, and what it leaves: 8 zeros in front, at 8992
;;     9142    266 zeros, the w of the second, and what it leaves, at 25824
;;     26133   5275 bytes, zeros at first, the w of the first, and what it leaves, at 178912
;;     184256  a message, or a piece of it, that comes from elsewhere; up to 31 bytes behind one are read, to no effect
;;     393216  what whoever lets the memory grow keeps there: a message may lie there as well
;;
;; `npm run generate` makes src/util/crc32c.gen.ts of this file.

(module
  (memory (export "memory") 6)

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

  ;; Adds to the bytes at $at the w that are $lag and less in front, the first of them at $w, and puts the sums at $to: 16 bytes
  ;; at once, by the first multiple 32, until $length bytes are done. $lag names the multiple.
  (func $add (param $lag i32) (param $at i32) (param $w i32) (param $to i32) (param $length i32)
    (local.set $length (i32.add (local.get $at) (local.get $length)))
    (if (i32.eq (local.get $lag) (i32.const 5275)) (then
      (loop $more
        (v128.store (local.get $to) (v128.xor
          (v128.xor (v128.load (local.get $at)) (v128.load offset=4508 (local.get $w)))
          (v128.xor (v128.load offset=2751 (local.get $w)) (v128.load (local.get $w)))))
        (v128.store offset=16 (local.get $to) (v128.xor
          (v128.xor (v128.load offset=16 (local.get $at)) (v128.load offset=4524 (local.get $w)))
          (v128.xor (v128.load offset=2767 (local.get $w)) (v128.load offset=16 (local.get $w)))))
        (local.set $to (i32.add (local.get $to) (i32.const 32)))
        (local.set $w (i32.add (local.get $w) (i32.const 32)))
        (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 32))) (local.get $length))))
      (return)))
    (loop $more
      (v128.store (local.get $to) (v128.xor
        (v128.xor (v128.load (local.get $at)) (v128.load (local.get $w)))
        (if (result v128) (i32.eq (local.get $lag) (i32.const 266))
          (then (v128.xor
            (v128.xor (v128.load offset=143 (local.get $w)) (v128.load offset=121 (local.get $w)))
            (v128.xor (v128.load offset=88 (local.get $w)) (v128.load offset=71 (local.get $w)))))
          (else (v128.xor
            (v128.xor (v128.load offset=57 (local.get $w)) (v128.load offset=53 (local.get $w)))
            (v128.xor
              (v128.xor (v128.load offset=49 (local.get $w)) (v128.load offset=19 (local.get $w)))
              (v128.xor (v128.load offset=14 (local.get $w)) (v128.load offset=4 (local.get $w)))))))))
      (local.set $to (i32.add (local.get $to) (i32.const 16)))
      (local.set $w (i32.add (local.get $w) (i32.const 16)))
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $length)))))

  ;; Makes a message of $lag bytes, and up to 15 more, at $to of the one at $at, $lag and 16 bytes or longer; its length. The $lag
  ;; bytes at $w stand in front of the first w.
  (func $shorten (param $lag i32) (param $w i32) (param $to i32) (param $at i32) (param $length i32) (result i32)
    (local $struck i32)
    (local.set $struck (i32.and (i32.sub (local.get $length) (local.get $lag)) (i32.const -16)))
    (call $add (local.get $lag) (local.get $at) (local.get $w) (i32.add (local.get $w) (local.get $lag)) (local.get $struck))
    (local.set $w (i32.add (local.get $w) (local.get $struck)))
    (memory.fill (i32.add (local.get $w) (local.get $lag)) (i32.const 0) (i32.add (local.get $lag) (i32.const 32)))
    (local.set $length (i32.sub (local.get $length) (local.get $struck)))
    (call $add (local.get $lag) (i32.add (local.get $at) (local.get $struck)) (local.get $w) (local.get $to) (local.get $length))
    (local.get $length))

  ;; The checksum of 128 to 16384 bytes; $crc is inverted.
  (func $short (param $at i32) (param $length i32) (param $crc i32) (result i32) (local $high i32)
    (if (i32.gt_u (local.get $length) (i32.const 640)) (then
      (i32.store (i32.const 9142) (local.get $crc))
      (local.set $length
        (call $shorten (i32.const 266) (i32.const 9142) (i32.const 25824) (local.get $at) (local.get $length)))
      (local.set $at (i32.const 25824))
      (local.set $crc (i32.const 0))))
    (i32.store (i32.const 8200) (local.get $crc))
    (local.set $length
      (call $shorten (i32.const 104) (i32.const 8200) (i32.const 8992) (local.get $at) (local.get $length)))
    ;; Zeros in front change nothing: whole steps.
    (local.set $at (i32.sub (i32.const 8992) (i32.and (i32.sub (i32.const 0) (local.get $length)) (i32.const 7))))
    (local.set $length (i32.add (i32.const 8992) (local.get $length)))
    (local.set $crc (i32.const 0))
    (loop $more
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
      (br_if $more (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 8))) (local.get $length))))
    (i32.xor (local.get $crc) (i32.const -1)))

  ;; A message that comes in pieces begins: behind what had the checksum $crc.
  (func $begin (export "begin") (param $crc i32)
    (memory.fill (i32.const 26133) (i32.const 0) (i32.const 5275))
    (i32.store (i32.const 26133) (i32.xor (local.get $crc) (i32.const -1))))

  ;; A piece that is not the last: 131072 bytes.
  (func (export "fold") (param $at i32)
    (call $add (i32.const 5275) (local.get $at) (i32.const 26133) (i32.const 31408) (i32.const 131072))
    (memory.copy (i32.const 26133) (i32.const 157205) (i32.const 5275)))

  ;; The last piece: 16384 to 147456 bytes. The checksum of all.
  (func $finish (export "finish") (param $at i32) (param $length i32) (result i32)
    (call $short
      (i32.const 178912)
      (call $shorten (i32.const 5275) (i32.const 26133) (i32.const 178912) (local.get $at) (local.get $length))
      (i32.const 0)))

  ;; A whole message of 128 to 147456 bytes, wherever it lies, behind what had the checksum $crc.
  (func (export "sum") (param $at i32) (param $length i32) (param $crc i32) (result i32)
    (if (i32.le_u (local.get $length) (i32.const 16384)) (then
      (return (call $short (local.get $at) (local.get $length) (i32.xor (local.get $crc) (i32.const -1))))))
    (call $begin (local.get $crc))
    (call $finish (local.get $at) (local.get $length))))
