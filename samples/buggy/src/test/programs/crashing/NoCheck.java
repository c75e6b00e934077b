/** Has a constructor, and is no check. */
public final class NoCheck {}
