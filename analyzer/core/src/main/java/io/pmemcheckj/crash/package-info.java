/**
 * The exploration of crash states: replays the bytes of a trace, makes the files that a crash can leave, has them judged, and
 * says of those that are refused what was lost.
 */
package io.pmemcheckj.crash;
