/**
 * A list whose elements are worked out when somebody first looks at it. Most objects are written and thrown away without anybody
 * asking who owns their fields.
 */
export function deferredList<T>(elements: () => readonly T[]): readonly T[] {
  const list: T[] = [];
  let isFilled = false;
  const filled = (): T[] => {
    if (!isFilled) {
      isFilled = true;
      list.push(...elements());
    }
    return list;
  };
  return new Proxy(list, {
    get: (_, name, receiver): unknown => Reflect.get(filled(), name, receiver),
    has: (_, name) => Reflect.has(filled(), name),
    ownKeys: () => Reflect.ownKeys(filled()),
    getOwnPropertyDescriptor: (_, name) => Reflect.getOwnPropertyDescriptor(filled(), name),
  });
}
