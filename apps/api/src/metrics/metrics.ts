import type { GradingListener, GradingQueue, JobOutcome } from '@kubedrill/submissions';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What Prometheus reads at /metrics. The vendor's home. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'kubedrill_http_request_seconds',
    help: 'Duration of HTTP requests by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [this.registry],
  });
  private readonly gradings = new Counter({
    name: 'kubedrill_gradings_total',
    help: 'Gradings that ended, by verdict; "fault" for faults of the platform',
    labelNames: ['verdict'],
    registers: [this.registry],
  });

  constructor(queue: GradingQueue) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'kubedrill_queue_depth',
      help: 'Jobs waiting and running',
      registers: [this.registry],
      async collect() {
        this.set(await queue.depth().catch(() => Number.NaN));
      },
    });
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  observeRequest(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status }, seconds);
  }

  /** Counts what the recorder hears. */
  counting(listener: GradingListener): GradingListener {
    return {
      started: (id) => listener.started(id),
      finished: async (id, outcome) => {
        await listener.finished(id, outcome);
        this.gradings.inc({ verdict: verdictOf(outcome) });
      },
    };
  }
}

function verdictOf(outcome: JobOutcome): string {
  return outcome.kind === 'graded' ? outcome.result.verdict : 'fault';
}
