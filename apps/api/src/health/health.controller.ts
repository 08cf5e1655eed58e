import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type LivenessView, livenessView, type ReadinessView, readinessView } from '@kubedrill/contracts';
import type { Catalogue, GradingQueue } from '@kubedrill/submissions';
import { SkipThrottle } from '@nestjs/throttler';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/current-user.ts';
import { ports } from '../wiring/ports.ts';

/** For whoever runs the platform: is the process alive, and can it do its work? */
@Public()
@SkipThrottle({ requests: true, submissions: true, logins: true })
@ApiTags('operation')
@Controller()
export class HealthController {
  constructor(
    @Inject(ports.catalogue) private readonly catalogue: Catalogue,
    @Inject(ports.queue) private readonly queue: GradingQueue,
  ) {}

  @Get('healthz')
  @ApiOperation({ summary: 'Alive' })
  @ApiOkResponse({ standardSchema: livenessView })
  alive(): LivenessView {
    return { status: 'ok' };
  }

  @Get('readyz')
  @ApiOperation({
    summary:
      'Ready: 200, also while the queue is down (submissions are stored and graded later); 503 without database or content',
  })
  @ApiOkResponse({ standardSchema: readinessView })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessView> {
    const [content, queue] = await Promise.all([this.content(), this.queueState()]);
    const status =
      content.database.status === 'down' || content.content.status === 'down'
        ? 'unavailable'
        : queue.status === 'down'
          ? 'degraded'
          : 'ready';
    if (status === 'unavailable') reply.status(503);
    return { status, ...content, queue };
  }

  private async content(): Promise<Pick<ReadinessView, 'database' | 'content'>> {
    try {
      const modules = await this.catalogue.modules();
      return {
        database: { status: 'up' },
        content: modules.length > 0 ? { status: 'up' } : { status: 'down', detail: 'no module is served' },
      };
    } catch (error) {
      const detail = (error instanceof Error ? error.message : String(error)).slice(0, 500);
      return { database: { status: 'down', detail }, content: { status: 'down' } };
    }
  }

  private async queueState(): Promise<ReadinessView['queue']> {
    const ready = await this.queue.isReady().catch(() => false);
    if (!ready)
      return {
        status: 'down',
        detail: 'the queue cannot be reached; submissions are stored and graded once it is back',
      };
    return { status: 'up', depth: await this.queue.depth() };
  }
}
