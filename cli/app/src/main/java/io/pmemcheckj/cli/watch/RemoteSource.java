package io.pmemcheckj.cli.watch;

import io.pmemcheckj.cli.watch.Snapshot.State;
import java.net.MalformedURLException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.Notification;
import javax.management.remote.JMXConnectionNotification;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import jdk.management.jfr.RemoteRecordingStream;

/** A process whose JMX port can be reached. */
final class RemoteSource implements Source {
    private static final String CHECK_PERIOD = "jmx.remote.x.client.connection.check.period";
    private static final long CHECK_MILLIS = 1_000;

    /** Held, or the logger and its level would be collected. The JDK's client logs what we say ourselves, in a line. */
    private static final Logger CLIENT = Logger.getLogger("javax.management.remote.misc");

    private final String address;
    private volatile boolean lost;
    private JMXConnector connector;

    /** @param address HOST:PORT */
    RemoteSource(String address) {
        this.address = address;
    }

    @Override
    public String title() {
        return address;
    }

    @Override
    public RemoteRecordingStream open() throws WatchException {
        CLIENT.setLevel(Level.OFF);
        try {
            connector = Patience.call(() -> JMXConnectorFactory.connect(url(), Map.of(CHECK_PERIOD, CHECK_MILLIS)));
            connector.addConnectionNotificationListener((notice, handback) -> lost |= isLoss(notice), null, null);
            RemoteRecordingStream stream =
                    Patience.call(() -> new RemoteRecordingStream(connector.getMBeanServerConnection()));
            stream.setSettings(Events.settings());
            return stream;
        } catch (TimeoutException e) {
            throw WatchException.blind(address + " does not answer as JMX does");
        } catch (SecurityException e) {
            throw WatchException.blind(address + " wants a user and a password, which watch does not have");
        } catch (Exception e) {
            throw WatchException.blind("cannot watch " + address + ": " + innermost(e)
                    + " (the program must run with -Dcom.sun.management.jmxremote.port=PORT)");
        }
    }

    private JMXServiceURL url() throws MalformedURLException {
        return new JMXServiceURL("service:jmx:rmi:///jndi/rmi://" + address + "/jmxrmi");
    }

    private static String innermost(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        if (cause instanceof UnknownHostException) {
            return "no such host";
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }

    private static boolean isLoss(Notification notice) {
        return notice.getType().equals(JMXConnectionNotification.FAILED)
                || notice.getType().equals(JMXConnectionNotification.CLOSED);
    }

    @Override
    public boolean isOver() {
        return lost;
    }

    @Override
    public Ending ending() {
        return new Ending(
                State.LOST, address + ": the connection is gone; the program has ended, or cannot be reached any more");
    }

    @Override
    public void close() {
        if (connector != null) {
            try {
                Patience.call(() -> {
                    connector.close();
                    return null;
                });
            } catch (Exception e) {
                // The other side is gone.
            }
        }
    }
}
