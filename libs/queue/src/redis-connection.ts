import { Redis } from 'ioredis';

/** How long closing waits for Redis to say good-bye. */
export const DISCONNECT_MILLISECONDS = 2_000;

/** Reconnects for as long as it takes; BullMQ's own default waits up to 20 s between two tries. */
function reconnectDelay(attempt: number): number {
  return Math.min(2_000, attempt * 100);
}

/** A socket that does not end by itself is cut: closing is not to keep a process alive for ioredis' 2 s. */
const SHARED = { retryStrategy: reconnectDelay, disconnectTimeout: 100 };

/** For whoever must know at once that Redis is down: commands fail instead of waiting for it. */
export function promptConnection(url: string): Redis {
  return listening(new Redis(url, { ...SHARED, enableOfflineQueue: false, maxRetriesPerRequest: 0 }));
}

/** For loops that outlive Redis: commands wait until it is back. */
export function patientConnection(url: string): Redis {
  const redis = endable(new Redis(url, { ...SHARED, maxRetriesPerRequest: null }));
  const duplicate = redis.duplicate.bind(redis);
  // BullMQ makes a copy for its blocking commands.
  redis.duplicate = (override) => endable(duplicate(override));
  return listening(redis);
}

/**
 * ioredis never tells the end of a connection that is closed between two tries to reconnect, and leaves its commands without an
 * answer; BullMQ's loops would wait for both. A connection that has not started is ended properly, so it is given out as one.
 */
function endable<C extends Pick<Redis, 'status' | 'disconnect'>>(connection: C): C {
  const disconnect = connection.disconnect.bind(connection);
  connection.disconnect = (reconnect = false) => {
    if (connection.status === 'reconnecting' && !reconnect) connection.status = 'wait';
    disconnect(reconnect);
  };
  return connection;
}

/** An 'error' event that nobody hears ends the process; being down is not an error of ours. */
function listening(redis: Redis): Redis {
  redis.on('error', () => undefined);
  return redis;
}
