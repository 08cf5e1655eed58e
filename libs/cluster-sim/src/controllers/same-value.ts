/** Deep equality of JSON values; a member that is undefined is as good as absent. */
export function sameValue(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) return sameList(left, right);
  const [before, after] = [left as Readonly<Record<string, unknown>>, right as Readonly<Record<string, unknown>>];
  for (const key of Object.keys(before))
    if (!sameValue(before[key], Object.hasOwn(after, key) ? after[key] : undefined)) return false;
  for (const key of Object.keys(after)) if (after[key] !== undefined && !Object.hasOwn(before, key)) return false;
  return true;
}

function sameList(left: object, right: object): boolean {
  if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
  return left.every((element, index) => sameValue(element, right[index]));
}
