import { readFileSync } from 'node:fs';

/** Linux counts in pages; 4 KiB on every platform that Node.js is built for there but some ARM kernels. */
const PAGE_BYTES = 4096;

/**
 * Bytes of RAM that a process holds (Linux: /proc/<pid>/statm), or undefined where the system does not tell. Memory outside of
 * the JavaScript heap (buffers, big backing stores) shows here only.
 */
export function residentBytes(pid: number): number | undefined {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]);
    return Number.isFinite(pages) ? pages * PAGE_BYTES : undefined;
  } catch {
    return undefined;
  }
}
