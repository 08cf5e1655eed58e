const block = /-----BEGIN ([^-]+)-----[\s\S]*?-----END \1-----/g;

/** What crypto/tls X509KeyPair says of files that hold no certificate or key; whether the two belong together is not looked at. */
export function keyPairFault(certificate: string, key: string): string | undefined {
  return certificateFault(blockTypes(certificate)) ?? keyFault(blockTypes(key));
}

function certificateFault(types: readonly string[]): string | undefined {
  if (types.includes('CERTIFICATE')) return undefined;
  if (types.length === 0) return 'tls: failed to find any PEM data in certificate input';
  const [first = ''] = types;
  if (types.length === 1 && first.endsWith('PRIVATE KEY'))
    return 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched';
  return `tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [${types.join(' ')}]`;
}

function keyFault(types: readonly string[]): string | undefined {
  if (types.some((type) => type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY'))) return undefined;
  if (types.length === 0) return 'tls: failed to find any PEM data in key input';
  if (types.length === 1 && types[0] === 'CERTIFICATE')
    return 'tls: found a certificate rather than a key in the PEM for the private key';
  return `tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [${types.join(' ')}]`;
}

function blockTypes(text: string): readonly string[] {
  return [...text.matchAll(block)].map(([, type = '']) => type);
}
