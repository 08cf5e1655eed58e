import { describe, expect, it } from '@jest/globals';
import { endpointsPortsInOrder, slicePortsInOrder } from '../../src/controllers/port-order.ts';
import { fnv128aOfText } from '../../src/controllers/template-hash/fnv128a-hash.ts';

describe('fnv128aOfText', () => {
  // Go's hash/fnv tests (golden128a).
  it.each([
    ['', '6c62272e07bb014262b821756295c58d'],
    ['a', 'd228cb696f1a8caf78912b704e4a8964'],
    ['ab', '08809544bbab1be95aa0733055b69a62'],
    ['abc', 'a68d622cec8b5822836dbc7977af7f3b'],
  ])('%j', (text, hash) => {
    expect(fnv128aOfText(text)).toBe(hash);
  });
});

const protocol = 'TCP' as const;

describe('ports of endpoints', () => {
  it('of slices stand in the order of their hashes', () => {
    const http = { name: 'http', protocol, port: 80 };
    const https = { name: 'https', protocol, port: 8443 };
    expect(slicePortsInOrder([http, https])).toEqual([https, http]);
    expect(slicePortsInOrder([https, http])).toEqual([https, http]);
  });

  it('of Endpoints as well, by another text', () => {
    const http = { name: 'http', protocol, port: 8080 };
    const grpc = { name: 'grpc', protocol, port: 9090, appProtocol: 'kubernetes.io/h2c' };
    const extra = { name: 'extra', protocol, port: 7001 };
    expect(endpointsPortsInOrder([http, grpc, extra])).toEqual([extra, http, grpc]);
  });
});
