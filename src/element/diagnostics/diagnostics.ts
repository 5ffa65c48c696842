import type { JoinedCall } from '../call/connection/joined-call.js';
import { adaptToCpu } from './cpu/adapt-to-cpu.js';
import { detectFreezes } from './freeze-detector.js';

/** What watches a call from a few seconds after the join until its end. */
export function startDiagnostics(call: JoinedCall): void {
  detectFreezes(call);
  adaptToCpu(call);
}
