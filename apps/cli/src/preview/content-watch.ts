import { watch } from 'node:fs';

/** An editor saves in several steps: what follows within so many milliseconds is the same save. */
const quiet = 60;

/** Calls back once after each save below the folder; returns what ends it. */
export function watchFolder(folder: string, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(changed, quiet);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
