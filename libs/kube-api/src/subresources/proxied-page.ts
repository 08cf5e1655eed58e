/** Where a page comes from, and under which path the client sees it: apimachinery/pkg/util/proxy/transport.go. */
export interface PageOrigin {
  /** Host and port that were asked. */
  readonly host: string;
  /** The Host header that the client sent. */
  readonly clientHost: string;
  /** The path of the API server before the part that was handed on. */
  readonly prefix: string;
}

/** Attributes that hold a URL, by element. */
const urlAttributes: Readonly<Record<string, readonly string[]>> = {
  a: ['href'],
  applet: ['codebase'],
  area: ['href'],
  audio: ['src'],
  base: ['href'],
  blockquote: ['cite'],
  body: ['background'],
  button: ['formaction'],
  command: ['icon'],
  del: ['cite'],
  embed: ['src'],
  form: ['action'],
  frame: ['longdesc', 'src'],
  head: ['profile'],
  html: ['manifest'],
  iframe: ['longdesc', 'src'],
  img: ['longdesc', 'src', 'usemap'],
  input: ['src', 'usemap', 'formaction'],
  ins: ['cite'],
  link: ['href'],
  object: ['classid', 'codebase', 'data', 'usemap'],
  q: ['cite'],
  script: ['src'],
  source: ['src'],
  video: ['poster', 'src'],
};

/** An address on the same host leads through the proxy; others stay as they are. */
export function rewrittenUrl(text: string, { host, clientHost, prefix }: PageOrigin): string {
  const match = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(.*)$/i.exec(text);
  const [, , named = '', path = '', rest = ''] = match ?? [];
  const isOther = named !== '' && named !== host && named !== clientHost;
  if (!match || isOther || !path.startsWith('/')) return text;
  if (path.startsWith(prefix)) return `${path}${rest}`;
  return `${prefix}${path}${rest}`;
}

/** The page with its links led through the proxy. */
export function rewrittenPage(html: string, origin: PageOrigin): string {
  return html.replaceAll(
    /<([a-zA-Z][a-zA-Z0-9]*)((?:\s+[^<>\s=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?)*)/g,
    (tag, name: string) => {
      const attributes = urlAttributes[name.toLowerCase()];
      if (!attributes) return tag;
      return tag.replaceAll(
        /(\s)([^\s=<>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g,
        (whole, space: string, attribute: string, double?: string, single?: string) =>
          attributes.includes(attribute.toLowerCase())
            ? `${space}${attribute}="${rewrittenUrl(double ?? single ?? '', origin)}"`
            : whole,
      );
    },
  );
}
