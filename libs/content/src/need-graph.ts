/** What each thing needs before it, by id. */
export type NeedGraph = ReadonlyMap<string, readonly string[]>;

/** A way from a thing back to itself: both ends are the thing. Undefined when it needs itself nowhere. */
export function circleFrom(start: string, needs: NeedGraph): readonly string[] | undefined {
  const visited = new Set<string>();
  const ways = (needs.get(start) ?? []).map((id) => [start, id]);
  for (let way = ways.pop(); way; way = ways.pop()) {
    const last = way.at(-1) ?? start;
    if (last === start) return way;
    if (visited.has(last)) continue;
    visited.add(last);
    for (const id of needs.get(last) ?? []) ways.push([...way, id]);
  }
  return undefined;
}
