/** A copy with these members; one that is undefined is left out, so that stored objects hold no undefined. */
export function withMembers<T extends object>(object: T, members: Partial<T>): T {
  const copy: Partial<T> = { ...object };
  for (const name of Object.keys(members) as (keyof T)[]) {
    if (members[name] === undefined) delete copy[name];
    else copy[name] = members[name];
  }
  return copy as T;
}
