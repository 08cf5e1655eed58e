/** Of commands that go on until somebody interrupts them: how often they look. */
export const pollMilliseconds = 100;

/** They are interrupted when nothing has happened for so long, and after so long in any case. */
export const longestQuiet = 10_000;
export const longestLook = 300_000;
