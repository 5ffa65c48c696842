// Computers in a network that a test can break: each is a network namespace of its own, joined by a router in another. Linux and root
// only. Nothing outside these namespaces changes, except one pair of interfaces through which this process, which runs the call server,
// takes part.
import { spawnSync } from 'node:child_process';

/** A computer in the network. `server` is this process. */
export type Computer = 'server' | 'ada' | 'bob';

const computers: readonly Computer[] = ['server', 'ada', 'bob'];

/** Whether this machine lets a test make network namespaces. */
export function hasNamespaces(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const name = `${prefix()}t`;
  const works = spawnSync('ip', ['netns', 'add', name]).status === 0;
  if (works) spawnSync('ip', ['netns', 'del', name]);
  return works;
}

function prefix(): string {
  return `cc${process.pid}`;
}

/** A router with three computers. What it drops is dropped in silence, as by a real network. */
export class TestNetwork {
  readonly #router = `${prefix()}r`;
  /** The second octet of all addresses: several runs on one machine must not share a subnet. */
  readonly #octet = 64 + (process.pid % 128);
  readonly #addresses = new Map<Computer, string>();

  constructor() {
    this.#ip('netns', 'add', this.#router);
    this.#inRouter('link', 'set', 'lo', 'up');
    this.#exec(this.#router, 'sysctl', '-q', '-w', 'net.ipv4.ip_forward=1');
    for (const [index, computer] of computers.entries()) this.#add(computer, index);
    // The answers of this process find their way back through the router.
    this.#ip('route', 'add', this.#subnet('ada'), 'via', this.#gateway('server'));
    this.#ip('route', 'add', this.#subnet('bob'), 'via', this.#gateway('server'));
  }

  address(computer: Computer): string {
    const address = this.#addresses.get(computer);
    if (address === undefined) throw new Error(`${computer} has no address.`);
    return address;
  }

  namespace(computer: 'ada' | 'bob'): string {
    return `${prefix()}${computer.charAt(0)}`;
  }

  /** Drops all that is sent from one computer to another, until the returned function is called. */
  cut(from: Computer, to: Computer): () => void {
    const rule = ['from', this.address(from), 'to', this.address(to), 'blackhole'];
    this.#inRouter('rule', 'add', ...rule);
    return () => this.#inRouter('rule', 'del', ...rule);
  }

  /** Drops all between two computers, in both directions. */
  cutBetween(one: Computer, other: Computer): () => void {
    const heals = [this.cut(one, other), this.cut(other, one)];
    return () => heals.forEach((heal) => heal());
  }

  /** The computer gets another address; the old one is gone, as when a laptop changes networks. */
  changeAddress(computer: 'ada' | 'bob'): void {
    const before = this.address(computer);
    const after = before.replace(/\d+$/, (last) => String(Number(last) + 1));
    const namespace = this.namespace(computer);
    this.#ip('-n', namespace, 'addr', 'del', `${before}/24`, 'dev', 'eth0');
    this.#ip('-n', namespace, 'addr', 'add', `${after}/24`, 'dev', 'eth0');
    this.#ip('-n', namespace, 'route', 'replace', 'default', 'via', this.#gateway(computer));
    this.#addresses.set(computer, after);
  }

  destroy(): void {
    // The interfaces are deleted with their namespaces.
    spawnSync('ip', ['link', 'del', this.#hostInterface('server')]);
    for (const computer of ['ada', 'bob'] as const)
      spawnSync('ip', ['netns', 'del', this.namespace(computer)]);
    spawnSync('ip', ['netns', 'del', this.#router]);
  }

  #add(computer: Computer, index: number): void {
    const ends = { computer: this.#hostInterface(computer), router: `r${index}` };
    this.#ip(
      'link',
      'add',
      ends.computer,
      'type',
      'veth',
      'peer',
      'name',
      ends.router,
      'netns',
      this.#router,
    );
    this.#inRouter('addr', 'add', `${this.#gateway(computer)}/24`, 'dev', ends.router);
    this.#inRouter('link', 'set', ends.router, 'up');
    const address = this.#gateway(computer).replace(/1$/, '2');
    this.#addresses.set(computer, address);
    if (computer === 'server') {
      this.#ip('addr', 'add', `${address}/24`, 'dev', ends.computer);
      this.#ip('link', 'set', ends.computer, 'up');
      return;
    }
    const namespace = this.namespace(computer);
    this.#ip('netns', 'add', namespace);
    this.#ip('link', 'set', ends.computer, 'netns', namespace, 'name', 'eth0');
    const inside = (...args: readonly string[]): void => this.#ip('-n', namespace, ...args);
    inside('link', 'set', 'lo', 'up');
    inside('addr', 'add', `${address}/24`, 'dev', 'eth0');
    inside('link', 'set', 'eth0', 'up');
    // Without a default route, Firefox finds no address to offer.
    inside('route', 'add', 'default', 'via', this.#gateway(computer));
  }

  #hostInterface(computer: Computer): string {
    return `${prefix()}${computer.charAt(0)}`;
  }

  #subnet(computer: Computer): string {
    return `10.${this.#octet}.${computers.indexOf(computer)}.0/24`;
  }

  #gateway(computer: Computer): string {
    return `10.${this.#octet}.${computers.indexOf(computer)}.1`;
  }

  #inRouter(...args: readonly string[]): void {
    this.#ip('-n', this.#router, ...args);
  }

  #exec(namespace: string, ...command: readonly string[]): void {
    this.#ip('netns', 'exec', namespace, ...command);
  }

  #ip(...args: readonly string[]): void {
    const { status, stderr } = spawnSync('ip', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`);
  }
}
