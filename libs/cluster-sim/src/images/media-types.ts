const types: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html'],
  ['htm', 'text/html'],
  ['css', 'text/css'],
  ['js', 'application/javascript'],
  ['json', 'application/json'],
  ['txt', 'text/plain'],
  ['xml', 'text/xml'],
  ['svg', 'image/svg+xml'],
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['ico', 'image/x-icon'],
]);

/** The type that a web server gives a file by its name. */
export function contentType(path: string, otherwise = 'application/octet-stream'): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return types.get(name.slice(name.lastIndexOf('.') + 1)) ?? otherwise;
}
