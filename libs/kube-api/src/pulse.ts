/** Tells everybody who goes with the cluster's time that some has passed. */
export class Pulse {
  private readonly followers = new Set<() => void>();

  get size(): number {
    return this.followers.size;
  }

  /** The result ends it. */
  follow(follower: () => void): () => void {
    this.followers.add(follower);
    return () => this.followers.delete(follower);
  }

  beat(): void {
    for (const follower of this.followers) follower();
  }
}
