/**
 * Collections for files: kinds of lists, what they cannot hold, and the names in them. The golden is TensorFlow's answer,
 * made by tests/oracle/make_meta_golden.py.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Logger } from '../../src/fs/file-system'
import { Graph, graphInternals } from '../../src/graph/graph'
import { storeForGraph } from '../../src/graph/store-graph'
import { decodeMessage, encodeMessage, google, tensorflow } from '../../src/proto/messages'
import { array } from '../../src/tensor/convert'
import { collectionDef } from '../../src/train/collection-defs'
import { markFloats } from '../../src/train/collection-items'
import { collectionMessage } from '../../src/train/collection-protos'
import { nodeNameOf, prependNameScope, stripNameScope } from '../../src/train/scope-names'
import { Saver } from '../../src/train/saver'
import { fromHex, hex } from '../helpers/bundle'
import { META_GOLDEN } from '../oracle/golden-meta'

type Item = readonly [kind: string, value: unknown]

/** A graph with a constant c and a variable v, and what makes items of the golden's. */
function items(): { graph: Graph; make: (item: Item) => unknown } {
  const graph = new Graph()
  const c = graphInternals.addOperation(graph, {
    name: 'c',
    type: 'Const',
    attr: { dtype: { type: 1 }, value: { tensor: { dtype: 1, tensorShape: {}, floatVal: [1] } } },
  })
  const v = storeForGraph(graph).variable(array(1), { name: 'v', collections: [] })
  const make = ([kind, value]: Item): unknown => {
    if (kind === 'bytes') return fromHex(value as string)
    if (kind === 'int') return Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value as string)
    if (kind === 'float') return Number(value === 'inf' ? 'Infinity' : value === '-inf' ? '-Infinity' : value)
    const made: Record<string, () => unknown> = {
      str: () => value,
      none: () => null,
      bool: () => value,
      dict: () => ({}),
      list: () => [1, 2],
      op: () => c,
      tensor: () => c.outputs[0],
      variable: () => v,
      saver: () => new Saver([v]),
      any: () => {
        const [typeUrl, bytes] = value as [string, string]
        return new google.protobuf.Any({ typeUrl, value: fromHex(bytes) })
      },
    }
    return made[kind]?.()
  }
  return { graph, make }
}

/** The collection k of these items, as bytes in hex, and what was warned of. */
function written(
  key: string,
  given: readonly unknown[],
  graph = new Graph(),
  exportScope = '',
): [string | null, string[]] {
  for (const item of given) graph.addToCollection(key, item)
  const warnings: string[] = []
  const logger: Logger = { warn: (message) => warnings.push(message) }
  const def = collectionDef(graphInternals.collections(graph), key, { exportScope, excluded: new Set(), logger })
  return [def === undefined ? null : hex(encodeMessage(tensorflow.CollectionDef, def, 'CollectionDef')), warnings]
}

/** The list of that kind. */
function list(kind: 'int64List' | 'floatList' | 'bytesList' | 'nodeList', value: readonly unknown[]): string {
  return hex(encodeMessage(tensorflow.CollectionDef, { [kind]: { value } }, 'CollectionDef'))
}

describe('collectionDef() is what TensorFlow writes', () => {
  test.each(META_GOLDEN.collections)('%s: %j', (key, described, expected, warning) => {
    const { graph, make } = items()
    const [bytes, warnings] = written(key, described.map(make), graph)
    expect(bytes).toBe(expected)
    expect(warnings).toEqual(warning === null ? [] : [warning])
  })
})

describe('numbers', () => {
  test.each([
    ['whole numbers are integers', [3, -1, 0], list('int64List', [3, -1, 0])],
    ['so are bigints', [3n, 2], list('int64List', [3, 2])],
    ['one that is not whole makes floats of all', [1, 1.5], list('floatList', [1, 1.5])],
    ['-0 and what is beyond 2^53 are floats', [-0, 2 ** 60], list('floatList', [-0, 2 ** 60])],
    ['an NDArray of float32 without dimensions is a float', [array(1), 2], list('floatList', [1, 2])],
    ['one of integers is an integer', [array(7n), array(5, 'int8')], list('int64List', [7, 5])],
    ['one of a string is a text', [array('a')], list('bytesList', [Uint8Array.of(97)])],
  ])('%s', (_, given, expected) => {
    expect(written('k', given)).toEqual([expected, []])
  })

  test('a list that came from a file as floats stays one, as long as it is of numbers', () => {
    const graph = new Graph()
    markFloats(graphInternals.collections(graph), 'k')
    expect(written('k', [1, 2], graph)[0]).toBe(list('floatList', [1, 2]))
    graph.addToCollection('k', 'text')
    expect(written('k', [], graph)[0]).toBe(null)
  })

  test.each([
    [
      'a float that float32 cannot hold, which TensorFlow writes as infinite',
      [1e300],
      'Value out of range for float32: 1e+300',
    ],
    ['a float among bigints', [3n, 1.5], "'float' object cannot be interpreted as an integer"],
    ['a function, which has a name', [function named() {}], "'function' object has no attribute 'name'"],
    ['an array with dimensions', [array([1, 2])], "'dict' object has no attribute 'name'"],
  ])('%s is left out with a warning', (_, given, expected) => {
    const [bytes, warnings] = written('k', given)
    expect(bytes).toBe(null)
    expect(warnings.map((text) => text.split('\n').at(-1))).toEqual([expected])
  })

  test('any whole numbers come back from what is written', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { minLength: 1 }), (numbers) => {
        expect(written('k', numbers)[0]).toBe(list('int64List', numbers))
      }),
    )
  })
})

describe('a scope', () => {
  test('takes names that begin with it, and what has no name', () => {
    const given = ['in/x', 'other', Uint8Array.of(1), 'inside']
    const bytes = [new TextEncoder().encode('in/x'), Uint8Array.of(1), new TextEncoder().encode('inside')]
    expect(written('k', given, new Graph(), 'in')).toEqual([list('bytesList', bytes), []])
  })

  test('leaves nothing of a collection outside of it', () => {
    expect(written('k', ['other'], new Graph(), 'in')).toEqual([null, []])
  })
})

describe('names', () => {
  test.each(META_GOLDEN.names)('%j and %j', (name, scope, prepended, stripped) => {
    expect(prependNameScope(name, scope)).toBe(prepended)
    // TensorFlow finds "loc:@" and "^" within a name too, where no name has them.
    expect(stripNameScope(name, scope)).toBe(stripped)
  })

  test('a scope is cut as it is written, and not as a pattern', () => {
    expect(stripNameScope('axb/v', 'a.b')).toBe('axb/v')
    expect(stripNameScope('a.b/v', 'a.b')).toBe('v')
  })

  test('what is put in front can be cut again', () => {
    const name = fc.stringMatching(/^(\^|loc:@)?[a-z][a-z/_0-9]{0,8}(:\d)?$/)
    const scope = fc.stringMatching(/^[a-z][a-z_0-9]{0,4}(\/[a-z]{1,3})?$/)
    fc.assert(fc.property(name, scope, (one, two) => stripNameScope(prependNameScope(one, two), two) === one))
  })

  test.each([
    ['v', 'v'],
    ['v:1', 'v'],
    ['^v', 'v'],
    ['a/v:10', 'a/v'],
    ['v:x', 'v:x'],
  ])('the node of %s is %s', (name, node) => {
    expect(nodeNameOf(name)).toBe(node)
  })
})

describe('messages that are carried unread', () => {
  const loop = {
    contextName: 'l/while_context',
    pivotName: 'l/LoopCond:0',
    valuesDef: { values: ['l/Enter:0'], externalValues: { __proto__x: 'c:0', 'l/a:0': 'l/b:0' } },
    nestedContexts: [{ condCtxt: { contextName: 'l/cond', predName: 'l/p:0', pivotName: 'l/i:0' } }],
  }
  const bytes = encodeMessage(tensorflow.WhileContextDef, loop, 'WhileContextDef')

  test('keep their bytes where no name changes, in whatever order they are', () => {
    const swapped = new Uint8Array([...bytes.subarray(bytes.length - 10), ...bytes])
    const item = collectionMessage('QueueRunnerDef', Uint8Array.of(0x1a, 1, 97, 0x0a, 1, 98), (name) => name)
    expect(hex(item.bytes)).toBe('1a01610a0162')
    expect(item.name).toBe('b')
    expect(() => collectionMessage('CondContextDef', swapped.subarray(1), (name) => name)).toThrow(/Cannot parse/)
  })

  test('have every name changed, those of inner contexts too', () => {
    const item = collectionMessage('WhileContextDef', bytes, (name) => `sc/${name}`)
    expect(item.name).toBe('sc/l/while_context')
    expect(String(item)).toBe("<WhileContextDef 'sc/l/while_context'>")
    expect(decodeMessage(tensorflow.WhileContextDef, item.bytes, 'WhileContextDef')).toMatchObject({
      pivotName: 'sc/l/LoopCond:0',
      maximumIterationsName: '',
      valuesDef: { values: ['sc/l/Enter:0'], externalValues: { 'sc/__proto__x': 'sc/c:0', 'sc/l/a:0': 'sc/l/b:0' } },
      nestedContexts: [{ condCtxt: { contextName: 'sc/l/cond', predName: 'sc/l/p:0' } }],
    })
  })

  test('are cut to the scope that is exported', () => {
    const message = collectionMessage('WhileContextDef', bytes, (name) => name)
    const [def] = written('while_context', [message], new Graph(), 'l')
    expect(Buffer.from(def as string, 'hex').toString('latin1')).toContain('\x0dwhile_context')
  })
})
