export interface SandboxOptions {
  /** Jobs at the same time, each in a process of its own. */
  readonly concurrency: number;
  /**
   * URL of the module that the processes load: its default export runs a job, and it may export `warmUp()`; both sync or async.
   * Default: what grades a submission, or many anew.
   */
  readonly moduleUrl?: string;
  /** Default 5,000. */
  readonly timeLimitMilliseconds?: number;
  /** What a job may use on top of an idle process; default 256. */
  readonly memoryLimitMebibytes?: number;
  /** Processes kept ready beyond `concurrency`, so that a killed one is replaced at once; default 1. */
  readonly spares?: number;
  /** A process is replaced after so many jobs, or when it keeps half of the memory limit; default 5,000. */
  readonly jobsPerProcess?: number;
  /** Jobs that wait for a process; `run` rejects beyond. Default 1,000. */
  readonly waitingLimit?: number;
  /** Files and folders that the processes may read; default: the module's folder, the platform's code and its dependencies. */
  readonly readable?: readonly string[];
  /** How long a process may take to load the module; default 30,000. */
  readonly startMilliseconds?: number;
}
