const reasons: ReadonlyMap<number, string> = new Map([
  [200, 'OK'],
  [201, 'Created'],
  [202, 'Accepted'],
  [204, 'No Content'],
  [301, 'Moved Permanently'],
  [302, 'Found'],
  [303, 'See Other'],
  [304, 'Not Modified'],
  [307, 'Temporary Redirect'],
  [308, 'Permanent Redirect'],
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [405, 'Method Not Allowed'],
  [412, 'Precondition Failed'],
  [417, 'Expectation Failed'],
  [418, "I'm a teapot"],
  [429, 'Too Many Requests'],
  [500, 'Internal Server Error'],
  [501, 'Not Implemented'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
]);

/** The status line as servers write it. */
export function statusLine(status: number): string {
  return `HTTP/1.1 ${status} ${reasons.get(status) ?? ''}`.trimEnd();
}

export function reasonOf(status: number): string {
  return reasons.get(status) ?? '';
}
