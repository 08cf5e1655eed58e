import { describe, expect, it } from '@jest/globals';
import { LocalSubmissionEvents, type StatusChange } from '@kubedrill/submissions';
import { noon } from './contract/samples.ts';

const change = (id: string): StatusChange => ({ id, status: 'queued', at: noon });

describe('events of submissions', () => {
  it('reach the subscribers of that submission until they leave', () => {
    const events = new LocalSubmissionEvents();
    const heard: string[] = [];
    const first = events.subscribe('a', ({ id }) => heard.push(`first ${id}`));
    events.subscribe('a', ({ id }) => heard.push(`second ${id}`));
    events.subscribe('b', ({ id }) => heard.push(`third ${id}`));
    events.publish(change('a'));
    events.publish(change('nobody'));
    expect(heard).toEqual(['first a', 'second a']);
    if (first.kind === 'subscribed') first.unsubscribe();
    events.publish(change('a'));
    expect(heard).toEqual(['first a', 'second a', 'second a']);
  });

  it('have a bound on subscribers, and room again when one leaves', () => {
    const events = new LocalSubmissionEvents({ maxSubscribers: 2 });
    const first = events.subscribe('a', () => undefined);
    events.subscribe('b', () => undefined);
    expect(events.subscribe('c', () => undefined)).toEqual({ kind: 'full' });
    if (first.kind === 'subscribed') {
      first.unsubscribe();
      first.unsubscribe();
    }
    expect(events.subscribe('c', () => undefined).kind).toBe('subscribed');
    expect(events.subscribe('d', () => undefined).kind).toBe('full');
  });
});
