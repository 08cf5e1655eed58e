import { describe, expect, it } from '@jest/globals';
import { readRequest, responseBytes } from '../../src/network/http-bytes.ts';

describe('the bytes that a server gets', () => {
  it.each([
    [
      'a request',
      'GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n',
      { method: 'GET', path: '/a?b=c', headers: { Host: 'x' } },
      false,
    ],
    ['one for a whole URL', 'GET http://x/a HTTP/1.1\r\n\r\n', { method: 'GET', path: '/a', headers: {} }, false],
    ['the last of its connection', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', { path: '/' }, true],
    ['one of HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n', { path: '/' }, true],
    ['a body', 'POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc', { method: 'POST', body: 'abc' }, false],
    [
      'chunks',
      'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n',
      { body: 'abcd' },
      false,
    ],
    ['bare line ends', 'GET / HTTP/1.1\nHost: x\n\n', { headers: { Host: 'x' } }, false],
  ])('are %s', (_, bytes, request, isLast) => {
    expect(readRequest(`${bytes}more`)).toMatchObject({ kind: 'request', request, rest: 'more', isLast });
  });

  it.each([
    ['hostName\n', 'malformed'],
    ['GET /\r\n\r\n', 'malformed'],
    ['GET / HTTP/1.1\r\nno colon\r\n\r\n', 'malformed'],
    ['POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n', 'malformed'],
    ['POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 'malformed'],
    ['x'.repeat(2_000_000), 'malformed'],
    ['', 'incomplete'],
    ['GET / HT', 'incomplete'],
    ['GET / HTTP/1.1\r\nHost: x\r\n', 'incomplete'],
    ['POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab', 'incomplete'],
  ])('%# are told apart', (bytes, kind) => {
    expect(readRequest(bytes)).toEqual({ kind });
  });
});

it('writes responses with the length that they have', () => {
  const response = { status: 200, headers: { 'content-length': '9', Server: 'x' }, body: 'ab' };
  expect(responseBytes(response, 'ab', 'GET', true)).toBe(
    'HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab',
  );
  expect(responseBytes(response, '', 'HEAD', false)).toBe('HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 9\r\n\r\n');
});
