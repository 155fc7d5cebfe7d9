/**
 * The name of a type in protobuf text, "[type.googleapis.com/tensorflow.NodeDef]": a url, and behind its last slash the type.
 *
 * protobuf: python/google/protobuf/text_format.py, _ConsumeAnyTypeUrl.
 */
import type { TextTokenizer } from './text-tokenizer'

const URL_CHARACTERS = /^[0-9a-zA-Z\-.~_ !$&()*+,;=%]+$/
const TYPE_NAME = /^[\p{L}\p{Nl}\p{No}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{Nl}\p{No}_][\p{L}\p{N}_]*)*$/u

/** Behind the opening bracket, up to and with the closing one. @throws {ParseError} */
export function readTypeUrl(tokenizer: TextTokenizer): { prefix: string; fullName: string } {
  let url = ''
  for (;;) {
    const part = tokenizer.tryConsumeMatch(URL_CHARACTERS)
    if (part !== undefined) url += part
    else if (tokenizer.tryConsume('/')) url += '/'
    else break
  }
  tokenizer.consume(']')
  const slash = url.lastIndexOf('/')
  if (slash < 0) throw tokenizer.error('Type URL does not contain "/".')
  const [prefix, fullName] = [url.slice(0, slash), url.slice(slash + 1)]
  if (prefix === '') throw tokenizer.error('Type URL prefix is empty.')
  if (prefix.startsWith('/')) throw tokenizer.error('Type URL prefix starts with "/".')
  const bad = /%(?![\da-fA-F]{2}).{0,2}/.exec(prefix)
  if (bad !== null) throw tokenizer.error(`Invalid percent escape, got "${bad[0]}".`)
  if (!TYPE_NAME.test(fullName)) throw tokenizer.error(`Expected type name, got "${fullName}".`)
  return { prefix, fullName }
}
