/**
 * What `npm run generate` changes in protobufjs's static code, so that it gives what TensorFlow gives, and fast:
 *
 *     bytes     are read and written by src/proto/message-reader.ts and message-writer.ts: nothing of protobufjs runs
 *     maps      are written in the order of their keys, as TensorFlow's deterministic serialization does; an entry counts
 *               as a level of nesting; one that holds fields which nobody knows is kept as it stands, as in Python
 *     64 bits   a bigint is converted, where protobufjs would write 0
 *     oneofs    the member that was there goes when another comes, where protobufjs deletes all others each time
 *     graphs    make their nodes, and nodes their attributes, when somebody looks: see src/proto/later-fields.ts
 *     lists     a message of many lists makes each when somebody looks: a TensorProto uses one of fourteen
 *     proto2    has strings of any bytes
 *     faults    what is no message, list or map is refused, where protobufjs would write nothing or nonsense
 *
 * All that is here is search and replace: where protobufjs-cli writes other code one day, `adaptCode` fails.
 */

/** More lists and maps in one message than this are made when somebody looks. */
const MOST_EAGER_LISTS = 2

const RUNTIME = `import Long from 'long'
import { MAX_DEPTH } from '../message-reader'
import {
  LATER, elementsOf, fit, isBytes, isList, isNonZero, keepNans, keepUnknown, laterField, lazyList, lazyMap, putOff, notAMessage, oneof, ownProto, sortedKeys,
  sortedNumericKeys, toLong, toLongs, tooDeep,
} from '../message-runtime'`

/** Of a decode function: behind the line that makes the message, and before the one that gives it back. */
const MADE = /(message = _target \|\| new .*\n)/
const END = /(?=return message;\s+\};\s+$)/

/** Of the module. */
const MODULE_RULES = [
  [/^\/\*eslint.*\n/m, ''],
  [/^import .*$/m, RUNTIME],
  [/^const \$(?:Reader|Object|root)\b.*\n/gm, ''],
  [/\nexport \{\s+\$root as default\s+\};\n/, ''],
  [/ = \$root\.\w+ = /g, ' = '],
  // A field may be called "function".
  [/\b(message|this|prototype)\["(\w+)"\]/g, '$1.$2'],
  [/\$util\.newBuffer\(\[\]\)/g, 'new Uint8Array(0)'],
  [/\$util\.Long \? \$util\.(Long\.from(?:Bits|Number)\(.*\)) : 0;/g, '$1;'],
]

/** Of a message's constructor and defaults. */
const CLASS_RULES = [
  [/ *let \$oneOfFields;\s+/, ''],
  [
    /\$Object\.defineProperty\((\w+\.prototype), ("\w+"), \{\s+get: \$util\.oneOfGetter\(\$oneOfFields = (\[.*\])\),\s+set: .*\s+\}\)/g,
    'oneof($1, $2, $3)',
  ],
  [/ *(\w+\.prototype)\.(\w+) = \$util\.empty(?:Array|Object);\n/g, ''],
]

const ENCODE_RULES = [
  ['.encode = function (message, writer, _depth) {', '.encode = function (message, writer, _depth = 0) {'],
  [/if \(!writer\)\s+writer = \$Writer\.create\(\);\s+if \(_depth === \$undefined\)\s+_depth = 0;\s+/, ''],
  [
    /if \(_depth > \$util\.recursionLimit\)\s+throw \$Error\("max depth exceeded"\);/,
    `if (typeof message !== "object" || message === null) throw notAMessage(message);
    if (_depth > MAX_DEPTH) throw tooDeep();`,
  ],
  // Of a field that does not tell "not set", only the value counts.
  [/ && \$Object\.hasOwnProperty\.call\(message, "\w+"\)(?= && )/g, ''],
  [/\$Object\.hasOwnProperty\.call\(/g, 'Object.hasOwn('],
  [/(message\.(\w+) != null && )message\.\2\.length\)(?=\s+writer\.uint32\(\d+\)\.bytes\()/g, '$1isBytes(message.$2))'],
  [/(message\.(\w+) != null && )message\.\2\.length\)/g, '$1isList(message.$2))'],
  // The bits of a NaN: see src/proto/nan-bits.ts.
  [/\.((?:float|double)s?)\(message\.(\w+)\)/g, '.$1(message.$2, message, "$2")'],
  // An entry of a map is a message, too.
  [/(encode\(message\.\w+\[keys\[i\]\], writer\.uint32\(18\)\.fork\(\), _depth \+ )1/g, '$12'],
  [/\$util\.longFromKey\(keys\[i\], true\)/g, 'toLong(keys[i])'],
  [/\.uint32\(keys\[i\]\)/g, '.uint32(Number(keys[i]))'],
  [/\.((?:u|s)?int64|s?fixed64)\((message\.\w+(?:\[(?:i|keys\[i\])\])?)\)/g, '.$1(toLong($2))'],
  [/\.(u?int64s|fixed64s)\((message\.\w+)\)/g, '.$1(toLongs($2))'],
  [/\(typeof (message\.\w+) === "object" \? \1\.low \|\| \1\.high : \1 !== 0\)/g, 'isNonZero($1)'],
]

const DECODE_RULES = [
  ['(reader, length, _end, _depth, _target)', '(reader, length, _depth = 0, _target)'],
  [/if \(!\(reader instanceof \$Reader\)\)\s+reader = \$Reader\.create\(reader\);\s+/, ''],
  [/if \(_depth === \$undefined\)\s+_depth = 0;\s+/, ''],
  [
    /if \(_depth > \$Reader\.recursionLimit\)\s+throw \$Error\("max depth exceeded"\);/,
    'if (_depth > MAX_DEPTH) throw reader.tooDeep();',
  ],
  [/throw \$RangeError\("index out of range"\)/g, 'throw reader.fault("a field runs over the end of its message")'],
  // No field of TensorFlow's is a group.
  [/if \(tag === _end\) \{\s+_end = \$undefined;\s+break;\s+\}\s+/, ''],
  [/if \(_end !== \$undefined\)\s+throw \$Error\("missing end group"\);\s+/, ''],
  [/\$undefined, _depth/g, '_depth'],
  // The constructor has made them, or they are made when somebody looks.
  [/if \(message\.\w+ === \$util\.emptyObject\)\s+message\.\w+ = \{\};\s+/g, ''],
  [
    /if \(!reader\.discardUnknown\) \{\s+\$util\.makeProp.*\s+\(message\.\$unknowns .*\s+\}/,
    'keepUnknown(message, reader.raw(start, reader.pos));',
  ],
  // Of a message without fields, protobufjs gives the tag for the number.
  ['reader.skipType(tag & 7, _depth, tag);', 'reader.skip(tag & 7, tag >>> 3);'],
  ['reader.skipType(wireType, _depth, tag);', 'reader.skip(wireType, tag);'],
]

const KEEP_NANS = 'if (reader.nans !== undefined) keepNans'

/** The bits of NaNs: of a field, of an element, of a list, of a field that does not tell "not set". */
const NAN_RULES = [
  [/(message\.(\w+) = reader\.(?:float|double)\(\);)/g, `$1\n${KEEP_NANS}(message, "$2", 0, reader);`],
  [/(\$(\w+)\.push\(reader\.(?:float|double)\(\)\);)/g, `$1\n${KEEP_NANS}(message, "$2", $$$2.length - 1, reader);`],
  [/(reader\.(?:float|double)s\(\$(\w+)\);)/g, `$1\n${KEEP_NANS}(message, "$2", 0, reader);`],
  [
    /(if \(!\$Object\.is\(\(?value = reader\.(?:float|double)\(\)\)?, 0\)\)\s+message\.(\w+) = value;\s+else\s+delete message\.\w+;)/g,
    `$1\n${KEEP_NANS}(message, "$2", 0, reader);`,
  ],
]

/** An entry of a map is a message, too, and one that holds more than its two fields is kept as it stands. */
const MAP_RULES = [
  [/(value = \$root.*_depth \+ )1, value\)/g, '$12, value)'],
  [/reader\.len = end2;/g, 'reader.len = end2;\nlet strange = false;'],
  [/reader\.skipType\(wireType, _depth, tag2\);/g, 'reader.skip(wireType, tag2);\nstrange = true;'],
  [
    /reader\.len = end;\n(?= *(?:if \(key|message\.\w+\[))/g,
    'reader.len = end;\nif (strange) {\nkeepUnknown(message, reader.raw(start, end2));\ncontinue;\n}\n',
  ],
  [/\$util\.makeProp\((message\.\w+), key\)/g, 'ownProto($1)'],
  [/typeof key === "object" \? \$util\.longToHash\(key\) : key/g, 'String(key)'],
]

/** The fields that are made later, by the name of their message; entries of a map are two levels in. */
const LATER_FIELDS = new Map([
  ['GraphDef', { field: 'node', number: 1, empty: '[]', levels: 1 }],
  ['NodeDef', { field: 'attr', number: 5, empty: '{}', levels: 2 }],
])

/** The constructor leaves the field out where it is told to, and what nobody looked at is written as it stands. */
function withLaterClass(text, { field, empty, levels }) {
  return text
    .replace(`this.${field} = ${empty};`, `if (properties !== LATER) this.${field} = ${empty};`)
    .replace(
      new RegExp(`(?=if \\(message\\.${field} != null)`),
      `const elements = elementsOf(message, "${field}", _depth + ${levels});\nif (elements !== undefined) writer.raw(elements);\nelse `,
    )
}

/** Elements that follow each other and are sound are passed; from the first other one on, all are made at once. */
function withLaterDecode(text, name, { field, number, empty }) {
  const pass = `if (later) {
      if ((to === 0 || to === start) && reader.passLater("${field}", _depth + 1)) {
        if (to === 0) from = start;
        to = reader.pos;
        continue;
      }
      message.${field} = ${empty};
      if (to !== 0) ${name}.decode(reader.part(from, to), undefined, _depth, message);
      later = false;
    }
    `
  return text
    .replace(
      /( *)\w+\.decode = /,
      `$1const later${name} = laterField("${field}", () => (${empty}), (...args) => ${name}.decode(...args));\n$&`,
    )
    .replace(/(message = _target \|\| new [\w$.]+)\(\);\n/, '$1(LATER);\nlet later = !_target, from = 0, to = 0;\n')
    .replace(new RegExp(`case ${number}: \\{\\s+if \\(wireType !== 2\\)\\s+break;\\n`), `$&${pass}`)
    .replace(
      END,
      `if (later && to !== 0) putOff(message, later${name}, reader, from, to);\nelse if (later) message.${field} = ${empty};\n`,
    )
}

function apply(text, rules) {
  return rules.reduce((changed, [pattern, replacement]) => changed.replace(pattern, replacement), text)
}

/**
 * @param {string} code what protobufjs-cli wrote
 * @param {ReadonlySet<string>} numericMaps the names of the fields that are maps whose keys are numbers
 * @throws {Error} where something is left that should have been changed
 */
export function adaptCode(code, numericMaps) {
  const adapted = apply(code, MODULE_RULES)
    .replace(/( *)const (\w+) = function \(properties\) \{[^]*?\n\1\2\.decode = /g, (text) =>
      adaptClass(text, numericMaps),
    )
    .replace(/( *)(\w+)\.decode = function [^]*?\n\1\};\n/g, adaptDecode)
    .replace(/\$(Object|undefined)\b/g, '$1')
  const named = withLocalNames(takeLooseStrings(adapted))
  refuseLeftovers(named)
  return named
}

/** The constructor, the defaults and `encode`. */
function adaptClass(text, numericMaps) {
  const lists = [...text.matchAll(/^ *this\.(\w+) = (?:\[\]|\{\});\n/gm)].map(([, name]) => name)
  const adapted = apply(text, CLASS_RULES)
  const [, name] = /const (\w+) = function/.exec(text)
  const later = LATER_FIELDS.get(name)
  const lazy = lists.length > MOST_EAGER_LISTS ? withLazyLists(adapted, name, lists) : adapted
  const encoding = later === undefined ? lazy : withLaterClass(lazy, later)
  return apply(encoding, ENCODE_RULES).replace(/keys = \$?Object\.keys\(message\.(\w+)\)/g, (_, map) =>
    numericMaps.has(map) ? `keys = sortedNumericKeys(message.${map})` : `keys = sortedKeys(message.${map})`,
  )
}

/** The constructor makes none, and `encode` does not look at those that are not there. */
function withLazyLists(text, className, lists) {
  const made = []
  const without = text.replace(/^ *this\.(\w+) = (\[\]|\{\});\n/gm, (_, name, empty) => {
    made.push(`${empty === '[]' ? 'lazyList' : 'lazyMap'}(PROTOTYPE, "${name}");\n`)
    return ''
  })
  return without
    .replace(/if \(message\.(\w+) != null && (?=message\.\1\.length\)|\$Object\.hasOwnProperty)/g, (start, name) =>
      lists.includes(name) ? `if (Object.hasOwn(message, "${name}") && message.${name} != null && ` : start,
    )
    .replace(
      /\n( *)(?=\w+\.encode = )/,
      (_, indent) => `\n${indent}${made.join(indent).replaceAll('PROTOTYPE', `${className}.prototype`)}\n${indent}`,
    )
}

function adaptDecode(text) {
  const changed = apply(apply(apply(withFittingLists(text), NAN_RULES), DECODE_RULES), MAP_RULES)
  const [, name] = /(\w+)\.decode = /.exec(text)
  const later = LATER_FIELDS.get(name)
  return later === undefined ? withMembers(changed) : withLaterDecode(changed, name, later)
}

/** V8 gives a list that grows room for 17 elements, and most have one or two: what is kept is as long as it has to be. */
function withFittingLists(text) {
  const lists = new Set()
  const changed = text.replace(
    /if \(!\(message\.(\w+) && message\.\1\.length\)\)\s+message\.\1 = \[\];(\s+)(?:message\.\1(\.push)|(reader\.\w+\()message\.\1)/g,
    (_, name, space, push, read) => {
      lists.add(name)
      return `$${name} ??= message.${name};${space}${read === undefined ? `$${name}${push}` : `${read}$${name}`}`
    },
  )
  const opened = [...lists].map((name) => `let $${name};\n`).join('')
  const closed = [...lists].map((name) => `if ($${name} !== undefined) message.${name} = fit($${name});\n`).join('')
  return changed.replace(MADE, `$1${opened}`).replace(END, closed)
}

/** Of each oneof, which member is set: that one alone has to go. */
function withMembers(text) {
  const oneofs = new Set([...text.matchAll(/message\.(\w+) = "\w+";/g)].map(([, name]) => name))
  const members = [...oneofs].map((name) => `let $${name} = _target ? message.${name} : undefined;\n`).join('')
  const change = 'if ($$$1 !== $2) {\nif ($$$1 !== undefined) delete message[$$$1];\n$$$1 = $2;\n}'
  return text.replace(/message\.(\w+) = ("\w+");/g, change).replace(MADE, `$1${members}`)
}

/** Proto2's messages are those whose strings are read without being verified. */
function takeLooseStrings(code) {
  return code.replace(/( *)(\w+)\.encode = function [^]*?\n\1\2\.decode = function [^]*?\n\1\};\n/g, (text) =>
    text.includes('reader.string()') ? text.replace(/(writer.*)\.string\(/g, '$1.looseString(') : text,
  )
}

/** "$root.tensorflow.AttrValue.ListValue.decode" looks four names up, for each message: each gets a name of its own. */
function withLocalNames(code) {
  const paths = new Map()
  const named = code.replace(/\$root\.([\w.]+?)(?=\.(?:en|de)code\(|\()/g, (_, path) => {
    const name = `$${path.replaceAll('.', '_')}`
    paths.set(name, path)
    return name
  })
  const lines = [...paths].map(([name, path]) => `const ${name} = ${path};`)
  return `${named}\n${lines.join('\n')}\n`
}

const LEFTOVER = new RegExp(
  [
    String.raw`writer[^;\n]*\.(?:[us]?int64s?|s?fixed64s?)\((?!toLong)`,
    String.raw`\$(?:util|root|Writer|Reader|Error|RangeError|protobuf)\b.*`,
    String.raw`_end\b|skipType|discardUnknown|message\.\w+\.low`,
  ].join('|'),
)

function refuseLeftovers(code) {
  const left = LEFTOVER.exec(code)
  if (left === null) return
  const around = code.slice(Math.max(0, left.index - 200), left.index + 100)
  throw new Error(`protobufjs's code is not what it was, ${left[0]} is left:\n${around}`)
}
