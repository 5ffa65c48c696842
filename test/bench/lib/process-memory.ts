import { readFileSync, readdirSync } from 'node:fs';

/** Proportional set size, in MiB, of each renderer process of a browser that shows a page of ours. Linux only. */
export function rendererMemory(browserPid: number): readonly number[] {
  return descendants(browserPid)
    .filter((pid) => read(pid, 'cmdline').includes('--type=renderer'))
    .map((pid) => Number(/^Pss:\s+(\d+) kB/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0) / 1024);
}

function descendants(root: number): readonly number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), Number(/\) \S (\d+)/.exec(read(Number(name), 'stat'))?.[1])]),
  );
  const isBelow = (pid: number): boolean => {
    for (let at = parents.get(pid); at; at = parents.get(at)) if (at === root) return true;
    return false;
  };
  return [...parents.keys()].filter(isBelow);
}

/** Empty when the process has ended meanwhile. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
