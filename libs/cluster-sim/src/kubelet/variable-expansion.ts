/** third_party/forked/golang/expansion: $(VAR) where it is known, left alone where it is not; $$ is one $. */
export function expand(text: string, valueOf: (name: string) => string | undefined): string {
  if (!text.includes('$')) return text;
  let expanded = '';
  let at = 0;
  while (at < text.length) {
    const dollar = text.indexOf('$', at);
    if (dollar < 0 || dollar + 1 >= text.length) return expanded + text.slice(at);
    expanded += text.slice(at, dollar);
    const next = text[dollar + 1];
    const end = next === '(' ? text.indexOf(')', dollar) : -1;
    if (next === '$') {
      expanded += '$';
      at = dollar + 2;
    } else if (next === '(' && end >= 0) {
      expanded += valueOf(text.slice(dollar + 2, end)) ?? text.slice(dollar, end + 1);
      at = end + 1;
    } else {
      expanded += text.slice(dollar, dollar + 2);
      at = dollar + 2;
    }
  }
  return expanded;
}
