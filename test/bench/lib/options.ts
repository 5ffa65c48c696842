// What `npm run bench -- NAME --rounds=15 --only=simple-peer,PeerJS` gave.
const option = (name: string): string | undefined =>
  process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);

export const rounds = Number(option('rounds') ?? 8);

const only = option('only')?.toLowerCase().split(',');

/** Whether a system is to be measured: the floor, our own, and those named by `--only`. */
export const wanted = (name: string): boolean =>
  !only || /floor|cometchat-call/.test(name) || only.some((each) => name.toLowerCase().includes(each));

export const secret = 'a secret for benches, of enough bytes';

/** `--sizes=2,4`: how many take part, where a bench has several sizes. */
export const sizes = option('sizes')?.split(',').map(Number);
