// A reporter for node:test that ends with one line of JSON: what passed, failed and was skipped. Suites do not count, and a
// file without a single test, which node:test reports as a passed test of that name, is a failure.
import { resolve } from 'node:path';

export default async function* countReporter(events) {
  const total = { passed: 0, failed: 0, skipped: 0, empty: [] };
  for await (const { type, data } of events) {
    if ((type !== 'test:pass' && type !== 'test:fail') || data.details?.type === 'suite') continue;
    const isFile = data.nesting === 0 && data.file !== undefined && resolve(data.name) === data.file;
    if (data.skip !== undefined || data.todo !== undefined) total.skipped += 1;
    else if (type === 'test:pass' && isFile) total.empty.push(data.name);
    else if (type === 'test:fail') total.failed += 1;
    else total.passed += 1;
  }
  total.failed += total.empty.length;
  yield JSON.stringify(total);
}
