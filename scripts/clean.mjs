/** Part of `npm run build`: takes dist/ away, so that nothing of an older build is packed. */
import { rmSync } from 'node:fs'

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true })
