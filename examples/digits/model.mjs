// A model of two layers that tells small pictures of digits apart, its training by gradient descent, and pictures to
// train and to validate it with. For train.mjs and ../evaluate-digits.mjs.
import { array, ndarray, VariableStore, zeros } from 'tfsave'

const WIDTH = 5
const PIXELS = 35
const HIDDEN = 24
const CLASSES = 10

const SHAPES = [
  ' ### #   ##   ##   ##   ##   # ### ',
  '  #   ##    #    #    #    #   ### ',
  ' ### #   #    #   #   #   #   #####',
  ' ### #   #    #  ##     ##   # ### ',
  '   #   ##  # # #  # #####   #    # ',
  '######    ####     #    ##   # ### ',
  ' ### #    #    #### #   ##   # ### ',
  '#####    #   #   #   #    #    #   ',
  ' ### #   ##   # ### #   ##   # ### ',
  ' ### #   ##   # ####    #    # ### ',
]

/** Pictures of all digits in turn, each with its own noise: the same ones for the same seed. */
export function makeDigits(count, seed) {
  const random = generator(seed)
  return Array.from({ length: count }, (_, i) => {
    const label = i % CLASSES
    const pixels = [...SHAPES[label]].map((dot) => (dot === '#' ? 1 : 0) + 0.9 * (random() - 0.5))
    return { label, pixels }
  })
}

/** The variables, as a program that knows the model makes them: the weights random, the biases zero. */
export function makeModel(seed) {
  const store = new VariableStore()
  const random = generator(seed)
  const layer = (name, rows, columns) => ({
    weights: store.getVariable(`${name}/weights`, {
      shape: [rows, columns],
      initializer: (shape) => randomArray(shape, random),
    }),
    biases: store.getVariable(`${name}/biases`, { shape: [columns], initializer: (shape) => zeros(shape) }),
  })
  const model = { store, layer1: layer('layer1', PIXELS, HIDDEN), layer2: layer('layer2', HIDDEN, CLASSES) }
  return { ...model, step: store.variable(array(0n), { name: 'global_step', trainable: false }) }
}

/** How many of the pictures it knows, between 0 and 1. */
export function accuracy(model, digits) {
  const right = digits.filter(({ pixels, label }) => {
    const { scores } = forward(model, pixels)
    return scores.indexOf(Math.max(...scores)) === label
  })
  return right.length / digits.length
}

/** One step of gradient descent on the cross entropy of one picture. */
export function trainOn(model, { pixels, label }, rate) {
  const { hidden, scores } = forward(model, pixels)
  const most = Math.max(...scores)
  const powers = scores.map((score) => Math.exp(score - most))
  const total = powers.reduce((sum, power) => sum + power)
  const errors = powers.map((power, i) => power / total - (i === label ? 1 : 0))
  const weights = model.layer2.weights.read().data
  const hiddenErrors = hidden.map((h, i) =>
    h > 0 ? errors.reduce((sum, error, k) => sum + error * weights[i * CLASSES + k], 0) : 0,
  )
  descend(model.layer2, hidden, errors, rate)
  descend(model.layer1, pixels, hiddenErrors, rate)
  model.step.assignAdd(1)
}

function forward(model, pixels) {
  const hidden = dense(model.layer1, pixels).map((sum) => Math.max(0, sum))
  return { hidden, scores: dense(model.layer2, hidden) }
}

function dense({ weights, biases }, inputs) {
  const [factors, sums] = [weights.read().data, [...biases.read().data]]
  inputs.forEach((input, i) => {
    for (let k = 0; k < sums.length; k++) sums[k] += input * factors[i * sums.length + k]
  })
  return sums
}

function descend({ weights, biases }, inputs, errors, rate) {
  const steps = new Float32Array(inputs.length * errors.length)
  inputs.forEach((input, i) => errors.forEach((error, k) => (steps[i * errors.length + k] = rate * input * error)))
  weights.assignSub(ndarray('float32', [inputs.length, errors.length], steps))
  biases.assignSub(array(errors.map((error) => rate * error)))
}

function randomArray(shape, random) {
  const values = Float32Array.from({ length: shape[0] * shape[1] }, () => (random() - 0.5) / 2)
  return ndarray('float32', shape, values)
}

/** Numbers in [0, 1): a linear congruential generator, so that it runs the same anywhere. */
function generator(seed) {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return state / 2 ** 32
  }
}

/** How the picture looks. */
export function draw({ pixels }) {
  const rows = Array.from({ length: PIXELS / WIDTH }, (_, i) => pixels.slice(i * WIDTH, (i + 1) * WIDTH))
  return rows.map((row) => row.map((ink) => (ink > 0.5 ? '█' : ' ')).join('')).join('\n')
}
