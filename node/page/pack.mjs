// node pack.mjs FOLDER ARCHIVE: packs what is worth it in FOLDER once more as .br and .gz, and puts all of it into one
// file, as node/door/pages.h reads it: a line that says what it is, a line "size hash name" for each file, an empty line,
// and then their bytes.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const [folder, archive] = process.argv.slice(2);
const packable = /\.(html|js|css|json|svg|txt|webmanifest|map)$/;
const packings = [
  ['.gz', (bytes) => gzipSync(bytes, { level: 9 })],
  ['.br', (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })],
];

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
  .sort();

const lines = ['hansa page 1'];
const bodies = [];
const add = (name, bytes) => {
  lines.push(`${bytes.length} ${createHash('sha256').update(bytes).digest('hex').slice(0, 32)} ${name}`);
  bodies.push(bytes);
};
for (const name of files) {
  if (/\s/.test(name)) throw new Error(`${name}: names of files have no spaces`);
  const bytes = readFileSync(join(folder, name));
  add(name, bytes);
  if (!packable.test(name) || bytes.length < 1024) continue;
  for (const [ending, pack] of packings) {
    const packed = pack(bytes);
    writeFileSync(join(folder, name + ending), packed);
    add(name + ending, packed);
  }
}
writeFileSync(archive, Buffer.concat([Buffer.from(`${lines.join('\n')}\n\n`), ...bodies]));
