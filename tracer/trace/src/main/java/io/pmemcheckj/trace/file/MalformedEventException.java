package io.pmemcheckj.trace.file;

import java.io.IOException;

/** Bytes that passed their checksum are no events: this was written by another version, or not by this program. */
final class MalformedEventException extends IOException {
    MalformedEventException(String message) {
        super(message);
    }
}
