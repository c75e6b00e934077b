module matrixmodule {
    exports matrixmodule;
}
