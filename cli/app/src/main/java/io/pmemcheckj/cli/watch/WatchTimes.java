package io.pmemcheckj.cli.watch;

import java.time.Duration;

/**
 * How often and how long to look.
 *
 * @param limit null for as long as there is something to see
 */
public record WatchTimes(Duration interval, Duration limit) {}
