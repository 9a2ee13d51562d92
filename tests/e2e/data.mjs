// Files the tests make: large, wide, long or broken on purpose.
import { createWriteStream, existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { OUT } from './harness.mjs';

const DATA = path.join(OUT, 'data');
export const LARGE_ROWS = 2_000_000;
export const LARGE_COLUMNS = ['id', 'name', 'amount', 'when', 'note'];

/** The cells of one record of the large file, counted from 0; every thousandth note is quoted, with a line break. */
export function largeRow(record) {
  const day = new Date(Date.UTC(2000, 0, 1) + (record % 9000) * 86_400_000).toISOString().slice(0, 10);
  const note = record % 1000 === 7 ? `first line\nsecond, of ${record}` : `note ${record % 97}`;
  return [String(record), `name ${record}`, (record / 8).toFixed(3), day, record === LARGE_ROWS - 1 ? 'the very last' : note];
}

const quoted = cell => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const line = cells => `${cells.map(quoted).join(',')}\n`;

/** A file that is made once, by `write`, and kept in build/. */
async function kept(name, write) {
  const file = path.join(DATA, name);
  if (existsSync(file)) return file;
  mkdirSync(DATA, { recursive: true });
  const out = createWriteStream(`${file}.part`);
  await write(out);
  out.end();
  await finished(out);
  renameSync(`${file}.part`, file);
  return file;
}

/** Two million records, made once and kept in build/. */
export async function largeFile() {
  return kept('large.csv', async out => {
    out.write(line(LARGE_COLUMNS));
    for (let first = 0; first < LARGE_ROWS; first += 10_000) {
      let chunk = '';
      for (let record = first; record < first + 10_000; record++) chunk += line(largeRow(record));
      if (!out.write(chunk)) await new Promise(resolve => out.once('drain', resolve));
    }
  });
}

export const LARGE_RECORDS = 2_000_000;
/** Records that have a member the others do not have. */
export const RARE_RECORDS = [7, 1_234_567, LARGE_RECORDS - 1];

/** A record of the large file of lines, counted from 0: about 500 bytes of JSON. */
export function largeRecord(record) {
  const nested = { user: { name: `name ${record}`, tags: ['a', 'b', `t${record % 97}`] }, note: 'words '.repeat(62), half: record / 2 };
  return { id: record, ...nested, ...(RARE_RECORDS.includes(record) ? { rare: `needle ${record}` } : {}) };
}

/** One gigabyte of newline-delimited JSON, made once and kept in build/. */
export async function largeLines() {
  return kept('large.ndjson', async out => {
    for (let first = 0; first < LARGE_RECORDS; first += 5_000) {
      let chunk = '';
      for (let record = first; record < first + 5_000; record++) chunk += `${JSON.stringify(largeRecord(record))}\n`;
      if (!out.write(chunk)) await new Promise(resolve => out.once('drain', resolve));
    }
  });
}

/** A document of `depth` objects, one in the other, with a number at the end. */
export const deepDocument = depth => `${'{"a":'.repeat(depth)}42${'}'.repeat(depth)}`;

/** A number for every state of a small file whose rows name their version: `v<version> r<record>`. */
export function versionedRows(version, count, first = 0) {
  return Array.from({ length: count }, (_, index) => `${first + index},v${version} r${first + index}\n`).join('');
}

export function writeVersion(file, version, count) {
  writeFileSync(file, `id,what\n${versionedRows(version, count)}`);
}

/** Small files that are odd in one way each, written into `folder`: `{ name: content }`. */
export function oddFiles(folder) {
  const columns = Array.from({ length: 2000 }, (_, column) => `column ${column + 1}`);
  const files = {
    'empty.csv': '',
    'header-only.csv': 'first,second,third\n',
    'one-column.csv': `word\n${['alpha', 'beta', 'gamma'].join('\n')}\n`,
    'wide.csv': [columns, ...[1, 2, 3].map(row => columns.map((_, column) => `${row}/${column + 1}`))].map(line).join(''),
    'long-cells.csv': `id,text\n1,${'long '.repeat(40_000)}end of the long cell\n2,"line one\nline two\nline three"\n3,short\n`,
    'gaps.csv': 'a,b,c\n1,,3\nNA,NULL,x\n4\n',
    'broken.csv.gz': Buffer.concat([gzipSync('id,what\n'.repeat(1000)).subarray(0, 20), Buffer.from('not the rest of it')]),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  return Object.keys(files);
}

export const sizeOf = file => statSync(file).size;
