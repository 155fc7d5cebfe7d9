/**
 * The checkpoints that the works read: made when the first needs one, removed when nobody will any more.
 */
import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startNode } from './child.mjs'

export class Checkpoints {
  #directory
  #sets
  #make
  #made = new Set()
  /** Steps to come that need a set, by its name. */
  #needed = new Map()

  /**
   * @param {string} directory
   * @param {Map<string, import('./sets.mjs').TensorSet>} sets
   * @param {{ sets: string[] }[]} steps all that will be done
   * @param {(set: object, prefix: string) => unknown} make writes one; it may give a promise
   */
  constructor(directory, sets, steps, make = makeCheckpoint) {
    this.#directory = directory
    this.#sets = sets
    this.#make = make
    for (const name of steps.flatMap((step) => step.sets)) this.#needed.set(name, (this.#needed.get(name) ?? 0) + 1)
  }

  set(name) {
    return this.#sets.get(name)
  }

  /** The prefix of the checkpoint of that set. It is on the disk, so that nothing is written later. */
  async prefixOf(name) {
    const prefix = join(this.#directory, name)
    if (this.#made.has(name)) return prefix
    this.#made.add(name)
    await this.#make(this.#sets.get(name), prefix)
    for (const file of filesOf(prefix)) sync(file)
    return prefix
  }

  /** The step is done. */
  release(step) {
    for (const name of step.sets) {
      const left = this.#needed.get(name) - 1
      this.#needed.set(name, left)
      if (left > 0 || !this.#made.delete(name)) continue
      for (const file of filesOf(join(this.#directory, name))) rmSync(file)
    }
  }
}

/** The index, and the one data file. */
export function filesOf(prefix) {
  return [`${prefix}.index`, `${prefix}.data-00000-of-00001`]
}

async function makeCheckpoint(set, prefix) {
  const child = startNode('tfsave')
  await child.ask('make', { set, prefix })
  await child.end()
}

function sync(file) {
  const fd = openSync(file, 'r')
  fsyncSync(fd)
  closeSync(fd)
}
