package io.pmemcheckj.agent.transform;

import java.util.Map;

/** What {@code io.pmemcheckj.api.PersistOrder} on a class or method means. */
public final class DeclaredOrders {
    private static final String ANNOTATION = "PersistOrder";

    /** Is told of orders. */
    public interface Receiver {
        /**
         * An order, each side either {@code binary.Class#method} or a label.
         *
         * @param name may be empty
         */
        void declareOrder(String name, String first, String then);
    }

    private DeclaredOrders() {}

    /** What tells of orders; parameters as those of {@link ApiAnnotations.Receiver#annotated}. */
    public static void annotated(
            String type, String className, String method, Map<String, Object> values, Receiver receiver) {
        if (!type.equals(ANNOTATION)) {
            return;
        }
        String first = selector(values.get("first"), className, method);
        String then = selector(values.get("then"), className, method);
        if (!first.isEmpty() && !then.isEmpty()) {
            receiver.declareOrder((String) values.getOrDefault("name", ""), first, then);
        }
    }

    /** A side that is left out means the annotated method. */
    private static String selector(Object given, String className, String method) {
        String selector = given == null || given.equals("") ? method.isEmpty() ? "" : "#" + method : (String) given;
        int hash = selector.indexOf('#');
        if (hash == 0) {
            return className + selector;
        }
        boolean inPackage = hash > 0 && selector.lastIndexOf('.', hash) < 0;
        return inPackage ? className.substring(0, className.lastIndexOf('.') + 1) + selector : selector;
    }
}
