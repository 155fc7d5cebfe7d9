/** Training: variables, saving as they change, going on after a restart. */
import { array, getCheckpointState, ndarray, Saver, Variable, VariableStore, zeros } from 'tfsave'
import type { RestoreReport, SaveOptions, SaverOptions } from 'tfsave'

export function build(): { store: VariableStore; w: Variable<'float32'>; step: Variable<'int64'> } {
  const store = new VariableStore()
  const w = store.variableScope('fc1', () => store.getVariable('w', { initializer: zeros([784, 10]) }))
  const step = store.variable(array(0n), { name: 'global_step', trainable: false })
  store.nameScope('summary', (scope) => store.variable(ndarray('int32', [2], new Int32Array(2)), { name: `${scope}n` }))
  return { store, w, step }
}

export async function train(directory: string, steps: number): Promise<readonly string[]> {
  const { store, w, step } = build()
  const options: SaverOptions = { maxToKeep: 4, keepCheckpointEveryNHours: 2, durable: false }
  const saver = new Saver(store, options)
  const state = await getCheckpointState(directory)
  if (state !== undefined) {
    await saver.restore(state.modelCheckpointPath)
    await saver.recoverLastCheckpoints(state.allModelCheckpointPaths)
  }
  for (let i = 0; i < steps; i++) {
    w.assignSub(ndarray('float32', w.shape, new Float32Array(7840)))
    step.assignAdd(1)
    const saving: SaveOptions = { globalStep: step }
    if (i % 10 === 0) await saver.save(`${directory}/model`, saving)
  }
  return saver.lastCheckpoints
}

export async function transfer(prefix: string, store: VariableStore): Promise<string> {
  const body = store.globalVariables('conv')
  const saver = new Saver(new Map(body.map((variable) => [`old/${variable.op.name}`, variable])))
  const report: RestoreReport = await saver.restore(prefix, { ignoreMissing: true, ignoreMismatched: true })
  const { restored, missing, mismatched, unused } = report
  return `${restored.length} ${missing.join()} ${mismatched.map(({ key }) => key).join()} ${unused.join()}`
}

export async function renamed(store: VariableStore): Promise<void> {
  const w = store.get('w')
  if (w instanceof Variable) await new Saver({ weights: w }).save('model/renamed')
}
