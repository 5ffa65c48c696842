/** Selects calls. Without a value, a field does not restrict anything. */
export interface CallQuery {
  readonly limit: number;
  /** 1 is the newest. Ignored with a cursor. */
  readonly page: number;
  /** The position after which to go on: that of the last call of the page before. */
  readonly after: CallPosition | null;
  readonly type?: 'audio' | 'video' | undefined;
  /** `missed`: the user of the query did not answer; in a query for all users: no member answered. */
  readonly status?:
    | 'initiated'
    | 'ongoing'
    | 'unanswered'
    | 'rejected'
    | 'busy'
    | 'cancelled'
    | 'ended'
    | 'missed'
    | undefined;
  /** As seen by the user for whom the query is made. */
  readonly direction?: 'incoming' | 'outgoing' | undefined;
  readonly category?: 'call' | 'meet' | 'presenter' | undefined;
  readonly hasRecording?: boolean | undefined;
  /** Calls in which this user took part, or to which they were invited. */
  readonly uid?: string | undefined;
  /** Calls to this group. */
  readonly guid?: string | undefined;
}

/** The place of a call in the list, which is ordered from the newest to the oldest. */
export interface CallPosition {
  readonly initiatedAt: number;
  readonly callId: string;
}

/** The statement that finds the ids of a page, and its parameters. One more id than the limit: there is a next page. */
export function pageStatement(
  query: CallQuery,
  viewer: string | null,
): { readonly sql: string; readonly parameters: readonly unknown[] } {
  const parameters: unknown[] = [];
  const bind = (value: unknown): string => `$${parameters.push(value)}`;
  // The list belongs to the viewer, otherwise to the user in the query; otherwise it has the calls of all users.
  const owner = viewer ?? query.uid ?? null;
  const from = owner === null ? 'c' : 'u';
  const conditions = [
    ...(owner === null ? [] : [`u.uid = ${bind(owner)}`]),
    ...callConditions(query, owner, bind),
    ...(query.status === 'missed' ? [missed(owner)] : []),
    ...(viewer !== null && query.uid !== undefined && query.uid !== viewer
      ? [`EXISTS (SELECT FROM call_users o WHERE o.call_id = u.call_id AND o.uid = ${bind(query.uid)})`]
      : []),
    ...(query.after
      ? [
          `(${from}.initiated_at, ${from}.call_id) < (${bind(query.after.initiatedAt)}, ${bind(query.after.callId)})`,
        ]
      : []),
  ];
  // Without a condition on the call, the index of the list has all that is needed.
  const needsCall = conditions.some((condition) => condition.includes('c.'));
  const source =
    owner === null ? 'calls c' : `call_users u${needsCall ? ' JOIN calls c USING (call_id)' : ''}`;
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const offset = query.after ? 0 : (query.page - 1) * query.limit;
  const sql =
    `SELECT ${from}.call_id, ${from}.initiated_at FROM ${source}${where}` +
    ` ORDER BY ${from}.initiated_at DESC, ${from}.call_id DESC LIMIT ${bind(query.limit + 1)} OFFSET ${bind(offset)}`;
  return { sql, parameters };
}

function callConditions(
  { type, status, direction, category, hasRecording, guid }: CallQuery,
  owner: string | null,
  bind: (value: unknown) => string,
): readonly string[] {
  return [
    ...(type === undefined ? [] : [`c.type = ${bind(type)}`]),
    ...(status === undefined || status === 'missed' ? [] : [`c.status = ${bind(status)}`]),
    ...(category === undefined ? [] : [`c.category = ${bind(category)}`]),
    ...(hasRecording === undefined ? [] : [`c.has_recording = ${bind(hasRecording)}`]),
    ...(guid === undefined ? [] : [`c.receiver_type = 'group' AND c.receiver_id = ${bind(guid)}`]),
    ...(direction === undefined
      ? []
      : [`c.initiator_uid ${direction === 'outgoing' ? '=' : '<>'} ${bind(owner)}`]),
  ];
}

function missed(owner: string | null): string {
  return owner === null ? `c.status = 'unanswered'` : `u.state = 'missed'`;
}
