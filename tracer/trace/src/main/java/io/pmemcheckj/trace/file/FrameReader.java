package io.pmemcheckj.trace.file;

import io.pmemcheckj.trace.TraceFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads the frames of a kept trace, after its header. */
final class FrameReader implements AutoCloseable {
    /** What {@link #next} found. */
    enum Found {
        EVENTS,
        END,
        TRUNCATED
    }

    private final InputStream in;
    private final String file;
    private final Inflater inflater = new Inflater(true);
    private final CRC32C crc = new CRC32C();
    private byte[] raw = {};
    private int rawLength;
    private long frame;
    private long offset = FileLayout.HEADER_BYTES;
    private long frameLength;

    /** @param file name for messages */
    FrameReader(InputStream in, String file) {
        this.in = in;
        this.file = file;
    }

    /** Events of the frame read last; the array may be longer. */
    byte[] events() {
        return raw;
    }

    /** Number of bytes that {@link #events} holds. */
    int length() {
        return rawLength;
    }

    /** The frame read last and where it starts, for messages. */
    String place() {
        return "frame " + frame + " at byte " + offset;
    }

    TraceFormatException damaged(String how) {
        return new TraceFormatException(file + " is damaged: " + place() + ": " + how);
    }

    Found next() throws IOException {
        frame++;
        offset += frameLength;
        byte[] head = in.readNBytes(FileLayout.FRAME_HEADER_BYTES);
        if (head.length < FileLayout.FRAME_HEADER_BYTES) {
            return Found.TRUNCATED;
        }
        ByteBuffer header = ByteBuffer.wrap(head);
        int type = header.getInt();
        rawLength = header.getInt();
        int storedLength = header.getInt();
        int payloadCrc = header.getInt();
        if (header.getInt() != crc(head, FileLayout.CHECKED_HEADER_BYTES)) {
            throw damaged("the checksum of its header does not match");
        }
        check(type, storedLength);
        byte[] payload = in.readNBytes(storedLength);
        if (payload.length < storedLength) {
            return Found.TRUNCATED;
        }
        if (payloadCrc != crc(payload, storedLength)) {
            throw damaged("its checksum does not match");
        }
        frameLength = FileLayout.FRAME_HEADER_BYTES + (long) storedLength;
        return type == FileLayout.END_FRAME ? end() : events(payload);
    }

    private void check(int type, int storedLength) throws TraceFormatException {
        if (type != FileLayout.EVENTS_FRAME && type != FileLayout.END_FRAME) {
            throw damaged("it is of an unknown type");
        }
        if (rawLength < 0 || storedLength < 0 || rawLength > storedLength * FileLayout.MAX_RATIO) {
            throw damaged("its length is impossible");
        }
    }

    private Found end() throws IOException {
        if (in.read() >= 0) {
            throw new TraceFormatException(file + " is damaged: something follows the end of the trace");
        }
        return Found.END;
    }

    private Found events(byte[] payload) throws TraceFormatException {
        if (raw.length < rawLength) {
            raw = new byte[rawLength];
        }
        inflater.reset();
        inflater.setInput(payload);
        try {
            int length = 0;
            while (length < rawLength) {
                int more = inflater.inflate(raw, length, rawLength - length);
                if (more == 0) {
                    throw damaged("it holds less than it claims");
                }
                length += more;
            }
        } catch (DataFormatException e) {
            throw damaged("it cannot be decompressed");
        }
        return Found.EVENTS;
    }

    private int crc(byte[] bytes, int length) {
        crc.reset();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    @Override
    public void close() {
        inflater.end();
    }
}
