/**
 * SHA-256 (FIPS 180-4), because kube-proxy names its chains by it and the core has no `crypto`.
 * The constants are the first 32 bits of the fractional parts of roots of primes, so they are computed.
 */
const { initial, constants } = primeConstants();

function primeConstants(): { readonly initial: Int32Array; readonly constants: Int32Array } {
  const initial = new Int32Array(8);
  const constants = new Int32Array(64);
  let found = 0;
  for (let candidate = 2; found < 64; candidate += 1) {
    if (!isPrime(candidate)) continue;
    if (found < 8) initial[found] = fraction(Math.sqrt(candidate));
    constants[found] = fraction(Math.cbrt(candidate));
    found += 1;
  }
  return { initial, constants };
}

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) if (candidate % divisor === 0) return false;
  return true;
}

function fraction(root: number): number {
  return ((root - Math.floor(root)) * 0x100000000) | 0;
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

const schedule = new Int32Array(64);

/** One block of 16 words into the running hash. */
function compress(hash: Int32Array, message: Int32Array, offset: number): void {
  for (let index = 0; index < 16; index += 1) schedule[index] = message[offset + index] ?? 0;
  for (let index = 16; index < 64; index += 1) {
    const early = schedule[index - 15] ?? 0;
    const late = schedule[index - 2] ?? 0;
    const mixedEarly = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const mixedLate = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    schedule[index] = ((schedule[index - 16] ?? 0) + mixedEarly + (schedule[index - 7] ?? 0) + mixedLate) | 0;
  }
  let [a, b, c, d] = [hash[0] ?? 0, hash[1] ?? 0, hash[2] ?? 0, hash[3] ?? 0];
  let [e, f, g, h] = [hash[4] ?? 0, hash[5] ?? 0, hash[6] ?? 0, hash[7] ?? 0];
  for (let round = 0; round < 64; round += 1) {
    const sigma1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const chosen = (e & f) ^ (~e & g);
    const first = (h + sigma1 + chosen + (constants[round] ?? 0) + (schedule[round] ?? 0)) | 0;
    const sigma0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + sigma0 + majority) | 0;
  }
  add(hash, 0, a, b, c, d);
  add(hash, 4, e, f, g, h);
}

function add(hash: Int32Array, at: number, a: number, b: number, c: number, d: number): void {
  hash[at] = (hash[at] ?? 0) + a;
  hash[at + 1] = (hash[at + 1] ?? 0) + b;
  hash[at + 2] = (hash[at + 2] ?? 0) + c;
  hash[at + 3] = (hash[at + 3] ?? 0) + d;
}

/** The 32 bytes of the hash. Each character of the text stands for a byte. */
export function sha256(text: string): Uint8Array {
  const blocks = Math.ceil((text.length + 9) / 64);
  const message = new Int32Array(blocks * 16);
  for (let index = 0; index <= text.length; index += 1) {
    const byte = index < text.length ? text.charCodeAt(index) & 0xff : 0x80;
    message[index >> 2] = (message[index >> 2] ?? 0) | (byte << (24 - 8 * (index & 3)));
  }
  message[blocks * 16 - 1] = text.length * 8;
  const hash = initial.slice();
  for (let block = 0; block < blocks; block += 1) compress(hash, message, block * 16);
  const digest = new Uint8Array(32);
  for (let index = 0; index < 32; index += 1) digest[index] = (hash[index >> 2] ?? 0) >>> (24 - 8 * (index & 3));
  return digest;
}
