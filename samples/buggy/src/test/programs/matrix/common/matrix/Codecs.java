package matrix;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encoders, ciphers and compression that write into a buffer of the caller. */
public final class Codecs {
    private static final String TEXT = "persistent text ";

    private Codecs() {}

    public static void add(Rows t) throws Exception {
        text(t);
        ciphers(t);
        compression(t);
    }

    private static ByteBuffer to(Memory m, int length) {
        return m.buffer.slice(m.at, length);
    }

    private static void text(Rows t) {
        CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
        CharsetEncoder utf16 = StandardCharsets.UTF_16BE.newEncoder();
        CharsetEncoder latin = StandardCharsets.ISO_8859_1.newEncoder();
        CharsetEncoder ascii = StandardCharsets.US_ASCII.newEncoder();
        CharsetDecoder decoder = StandardCharsets.UTF_16BE.newDecoder();
        String wide = "\u8181\u8181\u8181\u8181";
        ByteBuffer encoded = ByteBuffer.wrap(Memory.bytes(8));
        t.row("CharsetEncoder.encode, UTF-8", 16, m -> utf8.reset().encode(CharBuffer.wrap(TEXT), to(m, 16), true));
        t.row("CharsetEncoder.encode, UTF-8, an array", 16, m -> utf8.reset().encode(CharBuffer.wrap(TEXT.toCharArray()), to(m, 16), true));
        t.row("CharsetEncoder.encode, UTF-16", 8, m -> utf16.reset().encode(CharBuffer.wrap(wide), to(m, 8), true));
        t.row("CharsetEncoder.encode, ISO-8859-1", 16, m -> latin.reset().encode(CharBuffer.wrap(TEXT), to(m, 16), true));
        t.row("CharsetEncoder.encode, ASCII", 16, m -> ascii.reset().encode(CharBuffer.wrap(TEXT), to(m, 16), true));
        t.row("CharsetEncoder.encode, overflow", 4, m -> utf8.reset().encode(CharBuffer.wrap(TEXT), to(m, 4), true));
        t.row("CharsetDecoder.decode into a view", 8, m -> decoder.reset().decode(encoded.duplicate(), to(m, 8).asCharBuffer(), true));
        t.row("Charset.encode, then put", 16, m -> to(m, 16).put(StandardCharsets.UTF_8.encode(TEXT)));
    }

    private static void ciphers(Rows t) throws Exception {
        byte[] plain = new byte[64];
        for (String name : new String[] {"AES/ECB/NoPadding", "AES/CBC/NoPadding", "AES/CTR/NoPadding"}) {
            Cipher cipher = cipher(name, name.contains("ECB") ? null : new IvParameterSpec(new byte[16]), plain);
            t.row("Cipher.doFinal, " + name, 64, m -> cipher.doFinal(ByteBuffer.wrap(plain), to(m, 64))).stride(1024);
        }
        ByteBuffer direct = ByteBuffer.allocateDirect(64);
        Cipher ecb = cipher("AES/ECB/NoPadding", null, plain);
        t.row("Cipher.update", 64, m -> ecb.update(ByteBuffer.wrap(plain), to(m, 64))).stride(1024);
        t.row("Cipher.doFinal, from direct memory", 64, m -> ecb.doFinal(direct.duplicate(), to(m, 64))).stride(1024);
        t.row("Cipher.doFinal, into an array, then put", 64, m -> to(m, 64).put(ecb.doFinal(plain)));
        sealing(t, "AES/GCM/NoPadding", new GCMParameterSpec(128, new byte[12]), plain);
        sealing(t, "ChaCha20-Poly1305", new IvParameterSpec(new byte[12]), plain);
    }

    /** Ciphers that take a nonce only once: each execution has a cipher of its own, and the first of them writes a text. */
    private static void sealing(Rows t, String name, AlgorithmParameterSpec nonce, byte[] plain) throws Exception {
        byte[] key = key(name, nonce, plain);
        byte[] sealed = start(name, Cipher.ENCRYPT_MODE, key, nonce).doFinal(Memory.bytes(64));
        t.row("Cipher.doFinal, " + name, 80, m -> start(name, Cipher.ENCRYPT_MODE, key, nonce).doFinal(ByteBuffer.wrap(plain), to(m, 80))).times(100).stride(1024);
        t.row("Cipher.doFinal, decrypting, " + name, 64, m -> start(name, Cipher.DECRYPT_MODE, key, nonce).doFinal(ByteBuffer.wrap(sealed), to(m, 64))).times(100);
    }

    private static Cipher start(String name, int mode, byte[] key, AlgorithmParameterSpec parameters) throws Exception {
        Cipher cipher = Cipher.getInstance(name);
        cipher.init(mode, new SecretKeySpec(key, name.startsWith("AES") ? "AES" : "ChaCha20"), parameters);
        return cipher;
    }

    private static Cipher cipher(String name, AlgorithmParameterSpec parameters, byte[] plain) throws Exception {
        return start(name, Cipher.ENCRYPT_MODE, key(name, parameters, plain), parameters);
    }

    /** A key that gives no byte that could stand in a fresh region already. */
    private static byte[] key(String name, AlgorithmParameterSpec parameters, byte[] plain) throws Exception {
        byte[] key = new byte[name.startsWith("AES") ? 16 : 32];
        while (true) {
            if (Memory.isUnlikePattern(start(name, Cipher.ENCRYPT_MODE, key, parameters).doFinal(plain))) {
                return key;
            }
            for (int i = 0; ++key[i] == 0; i++) {}
        }
    }

    /** Data whose compressed form holds no byte that could stand in a fresh region already. */
    private static byte[] data(Deflater deflater) {
        Random random = new Random(1);
        byte[] data = new byte[24];
        do {
            random.nextBytes(data);
        } while (!Memory.isUnlikePattern(deflate(deflater, data)));
        return data;
    }

    private static byte[] deflate(Deflater deflater, byte[] data) {
        byte[] deflated = new byte[300];
        deflater.reset();
        deflater.setInput(data);
        deflater.finish();
        return java.util.Arrays.copyOf(deflated, deflater.deflate(deflated));
    }

    private static void compression(Rows t) {
        Deflater deflater = new Deflater();
        byte[] data = data(deflater);
        byte[] deflated = deflate(deflater, Memory.bytes(300));
        int size = deflate(deflater, data).length;
        Inflater inflater = new Inflater();
        t.row("Inflater.inflate(ByteBuffer)", 300, m -> { inflater.reset(); inflater.setInput(deflated); inflater.inflate(to(m, 300)); });
        t.row("Inflater.inflate(ByteBuffer), from direct memory", 300, m -> { inflater.reset(); inflater.setInput(ByteBuffer.allocateDirect(deflated.length).put(deflated).flip()); inflater.inflate(to(m, 300)); }).times(200);
        t.row("Inflater.inflate(ByteBuffer), not all of it", 100, m -> { inflater.reset(); inflater.setInput(deflated); inflater.inflate(to(m, 100)); });
        t.row("Inflater.inflate(byte[])", 300, m -> { inflater.reset(); inflater.setInput(deflated); byte[] array = new byte[300]; inflater.inflate(array); to(m, 300).put(array); });
        t.row("Deflater.deflate(ByteBuffer)", size, m -> { deflater.reset(); deflater.setInput(data); deflater.finish(); deflater.deflate(to(m, 300)); }).stride(512);
        t.row("Deflater.deflate(ByteBuffer,int)", size, m -> { deflater.reset(); deflater.setInput(data); deflater.finish(); deflater.deflate(to(m, 300), Deflater.SYNC_FLUSH); }).stride(512);
    }
}
