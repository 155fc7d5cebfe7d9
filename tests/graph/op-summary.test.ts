/** Nodes as TensorFlow's executor logs them (TF_CPP_VMODULE=executor=3). */
import { expect, test } from 'vitest'
import { summarizeNodeDef } from '../../src/graph/op-summary'
import type { INodeDef } from '../../src/proto/messages'

const DEVICE = '/job:localhost/replica:0/task:0/device:CPU:0'
const DT_FLOAT = 1

const NODES: readonly (readonly [text: string, node: INodeDef])[] = [
  ['{{node _SOURCE}} = NoOp[]()', { name: '_SOURCE', op: 'NoOp' }],
  [
    `{{node _arg_a_0_0}} = _Arg[T=DT_FLOAT, _XlaHasReferenceVars=false, index=0, _device="${DEVICE}"]()`,
    {
      name: '_arg_a_0_0',
      op: '_Arg',
      device: DEVICE,
      attr: { index: { i: 0 }, _XlaHasReferenceVars: { b: false }, T: { type: DT_FLOAT } },
    },
  ],
  [
    `{{node c}} = Concat[N=2, T=DT_FLOAT, Zfoo=0.1, _XlaHasReferenceVars=false, _z=[1, 2], _device="${DEVICE}"]` +
      '(k, _arg_a_0_0, _arg_d_0_1, ^k)',
    {
      name: 'c',
      op: 'Concat',
      input: ['k', '_arg_a_0_0', '_arg_d_0_1', '^k'],
      device: DEVICE,
      attr: {
        T: { type: DT_FLOAT },
        N: { i: 2n },
        _z: { list: { i: [1, 2] } },
        Zfoo: { f: 0.1 },
        _XlaHasReferenceVars: { b: false },
      },
    },
  ],
]

test.each(NODES)('summarizeNodeDef(): %s', (text, node) => {
  expect(summarizeNodeDef(node)).toBe(text)
})
