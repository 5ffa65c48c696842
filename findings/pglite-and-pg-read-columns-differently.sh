#!/usr/bin/env bash
# The same SQL gives other JavaScript values from PGlite than from PostgreSQL through pg.
#
# PGlite is PostgreSQL, so tests on PGlite and production on PostgreSQL with pg look like one thing. They share the SQL and
# not the reading of its results:
#   date    pg makes a Date of midnight in the zone of the process, PGlite one of midnight UTC: west of Greenwich the same
#           column is another day.
#   bigint  pg gives text, always. PGlite gives a number, and above 2^53 a BigInt: the type of a column changes with its
#           value, and JSON.stringify throws on the first large one. count(*) is a bigint, too.
#   bigint[] and bytea differ as well: text or numbers, Buffer or Uint8Array.
# Cast in the SQL (`::text`, `to_char`, `extract(epoch …)::float8`), or set the same parsers on both.
#
# Starts no server: it compares PGlite with the parsers of pg. Prints what it saw; exits 1 when the behaviour has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund pg@8.23.1 @electric-sql/pglite@0.5.17 2>/dev/null
cat >probe.mjs <<'PROBE'
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';

/** Each value as the server writes it, with the number of its type. */
const columns = [
  ['date', 1082, '2026-03-29'],
  ['bigint', 20, '7'],
  ['bigint', 20, '9007199254740993'],
  ['bigint[]', 1016, '{1,2}'],
  ['bytea', 17, '\\x00ff'],
  ['timestamptz', 1184, '2026-03-29 02:30:00+00'],
  ['numeric', 1700, '1.5'],
];
const shown = (value) => {
  if (value instanceof Date) return `Date ${value.toISOString()}`;
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  return `${value.constructor.name} ${value instanceof Uint8Array ? [...value] : value}`;
};
const expected = {
  'date 2026-03-29': ['Date 2026-03-29T04:00:00.000Z', 'Date 2026-03-29T00:00:00.000Z'],
  'bigint 7': ['String 7', 'Number 7'],
  'bigint 9007199254740993': ['String 9007199254740993', 'BigInt 9007199254740993'],
  'bigint[] {1,2}': ['[String 1, String 2]', '[Number 1, Number 2]'],
  'bytea \\x00ff': ['Buffer 0,255', 'Uint8Array 0,255'],
  'timestamptz 2026-03-29 02:30:00+00': ['Date 2026-03-29T02:30:00.000Z', 'Date 2026-03-29T02:30:00.000Z'],
  'numeric 1.5': ['String 1.5', 'String 1.5'],
};

const database = await PGlite.create();
console.log('pg 8.23.1 and PGlite 0.5.17, TZ=America/New_York');
for (const [type, oid, text] of columns) {
  const { rows } = await database.query(`select $1::text::${type} as value`, [text]);
  const seen = [shown(pg.types.getTypeParser(oid)(text)), shown(rows[0].value)];
  console.log(`  ${type} ${text}: pg ${seen[0]}, PGlite ${seen[1]}`);
  if (String(seen) !== String(expected[`${type} ${text}`])) {
    console.log('  The behaviour has changed.');
    process.exitCode = 1;
  }
}
await database.close();
PROBE
TZ=America/New_York node probe.mjs
