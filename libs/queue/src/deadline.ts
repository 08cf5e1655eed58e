/** What became of some work by a deadline; late work goes on, unheard. */
export type Timely<T> = { readonly late: false; readonly value: T } | { readonly late: true };

export async function byDeadline<T>(milliseconds: number, work: Promise<T>): Promise<Timely<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Timely<T>>((resolve) => {
    timer = setTimeout(() => resolve({ late: true }), milliseconds);
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work.then((value) => ({ late: false as const, value })), late]);
  } finally {
    clearTimeout(timer);
  }
}
