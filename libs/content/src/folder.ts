/** A folder in memory: text by path, "/" between the names. */
export type Folder = ReadonlyMap<string, string>;

/** What lies under a sub-folder, paths relative to it. */
export function subfolder(folder: Folder, path: string): Folder {
  const prefix = `${path}/`;
  return new Map(
    [...folder].flatMap(([file, text]) => (file.startsWith(prefix) ? [[file.slice(prefix.length), text]] : [])),
  );
}

/** The names directly under a sub-folder that are folders themselves, sorted. */
export function childFolders(folder: Folder, path: string): readonly string[] {
  const names = new Set<string>();
  for (const file of (path === '' ? folder : subfolder(folder, path)).keys()) {
    const end = file.indexOf('/');
    if (end > 0) names.add(file.slice(0, end));
  }
  return [...names].sort();
}
