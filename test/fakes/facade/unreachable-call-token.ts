/** A call token that can be read, and is in time; its server cannot be reached. */
export function unreachableCallToken(): string {
  const claims = {
    iss: 'http://127.0.0.1:9',
    exp: Math.floor(Date.now() / 1000) + 3600,
    data: { sessionId: 's', user: { uid: 'a', name: 'A' } },
  };
  return `x.${btoa(JSON.stringify(claims))}.x`;
}
