/** What a replay that runs beside the program knows, and the place in the ring's file where the program can ask for it. */
package io.pmemcheckj.trace.live;
