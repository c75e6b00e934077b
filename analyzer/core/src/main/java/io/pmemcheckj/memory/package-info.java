/** Which bytes are persistent: the state of every 64-byte line in flight, in primitive arrays. */
package io.pmemcheckj.memory;
